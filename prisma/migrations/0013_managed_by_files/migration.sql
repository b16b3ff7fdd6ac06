-- AlterTable
ALTER TABLE "error_budget_policy" ADD COLUMN     "managed_by" TEXT;

-- AlterTable
ALTER TABLE "service" ADD COLUMN     "managed_by" TEXT;

-- AlterTable
ALTER TABLE "slo" ADD COLUMN     "declared" JSONB,
ADD COLUMN     "managed_by" TEXT,
ADD COLUMN     "own_alert_policy_id" INTEGER;

-- CreateTable
CREATE TABLE "managed_set" (
    "owner" TEXT NOT NULL,
    "applied_at" INTEGER NOT NULL,
    "applied_by" TEXT NOT NULL,
    "applied_by_id" TEXT,
    "revision" TEXT,
    "repository" TEXT,

    CONSTRAINT "managed_set_pkey" PRIMARY KEY ("owner")
);

-- CreateIndex
CREATE UNIQUE INDEX "slo_own_alert_policy_id_key" ON "slo"("own_alert_policy_id");

-- CreateIndex
CREATE INDEX "slo_managed_by_idx" ON "slo"("managed_by");

-- AddForeignKey
ALTER TABLE "error_budget_policy" ADD CONSTRAINT "error_budget_policy_managed_by_fkey" FOREIGN KEY ("managed_by") REFERENCES "managed_set"("owner") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service" ADD CONSTRAINT "service_managed_by_fkey" FOREIGN KEY ("managed_by") REFERENCES "managed_set"("owner") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "slo" ADD CONSTRAINT "slo_managed_by_fkey" FOREIGN KEY ("managed_by") REFERENCES "managed_set"("owner") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "slo" ADD CONSTRAINT "slo_own_alert_policy_id_fkey" FOREIGN KEY ("own_alert_policy_id") REFERENCES "alert_policy"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "managed_set"
  ADD CONSTRAINT "managed_set_has_a_name" CHECK ("owner" ~ '^[a-z0-9]+([-_.][a-z0-9]+)*(/[a-z0-9]+([-_.][a-z0-9]+)*)*$');

-- Whatever files manage says what they said of it.
ALTER TABLE "slo"
  ADD CONSTRAINT "slo_managed_is_declared" CHECK (("managed_by" IS NULL) = ("declared" IS NULL));

-- lib/alert/presets.ts. A policy that somebody made under this name stays theirs.
WITH "made" AS (
  INSERT INTO "alert_policy" ("slug", "name", "description", "settings", "preset") VALUES
    ('no-alerts', 'No alerts', 'Nobody is told. The budget is counted, shown and decided by as ever.', '{"pairs":[],"keepFiring":120,"clearBelow":1,"suppressByDependency":true,"silenceInMaintenance":true}', true)
    ON CONFLICT DO NOTHING RETURNING "id", "version", "settings")
INSERT INTO "alert_policy_version" ("policy_id", "version", "settings", "author")
    SELECT "id", "version", "settings", 'Headroom' FROM "made";
