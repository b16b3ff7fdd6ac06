-- AlterTable
ALTER TABLE "alert_policy" ADD COLUMN     "slo_id" INTEGER;

-- AlterTable
ALTER TABLE "error_budget_policy" ADD COLUMN     "managed_by" TEXT;

-- AlterTable
ALTER TABLE "service" ADD COLUMN     "managed_by" TEXT;

-- AlterTable
ALTER TABLE "slo" ADD COLUMN     "declared" JSONB,
ADD COLUMN     "managed_by" TEXT;

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
CREATE UNIQUE INDEX "alert_policy_slo_id_key" ON "alert_policy"("slo_id");

-- CreateIndex
CREATE INDEX "slo_managed_by_idx" ON "slo"("managed_by");

-- AddForeignKey
ALTER TABLE "alert_policy" ADD CONSTRAINT "alert_policy_slo_id_fkey" FOREIGN KEY ("slo_id") REFERENCES "slo"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "error_budget_policy" ADD CONSTRAINT "error_budget_policy_managed_by_fkey" FOREIGN KEY ("managed_by") REFERENCES "managed_set"("owner") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service" ADD CONSTRAINT "service_managed_by_fkey" FOREIGN KEY ("managed_by") REFERENCES "managed_set"("owner") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "slo" ADD CONSTRAINT "slo_managed_by_fkey" FOREIGN KEY ("managed_by") REFERENCES "managed_set"("owner") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "managed_set"
  ADD CONSTRAINT "managed_set_has_a_name" CHECK ("owner" ~ '^[a-z0-9]+([-_.][a-z0-9]+)*(/[a-z0-9]+([-_.][a-z0-9]+)*)*$');

-- Whatever files manage says what they said of it.
ALTER TABLE "slo"
  ADD CONSTRAINT "slo_managed_is_declared" CHECK (("managed_by" IS NULL) = ("declared" IS NULL));
