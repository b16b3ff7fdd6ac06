-- CreateEnum
CREATE TYPE "review_status" AS ENUM ('running', 'closed', 'skipped');

-- AlterTable
ALTER TABLE "action_item" ADD COLUMN     "item" TEXT,
ADD COLUMN     "review_id" INTEGER,
ADD COLUMN     "service_id" INTEGER;

-- CreateTable
CREATE TABLE "review_cycle" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "team_id" INTEGER,
    "service_id" INTEGER,
    "rrule" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "starts_at" TEXT NOT NULL,
    "checklist" TEXT[],
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "review_cycle_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "review" (
    "id" SERIAL NOT NULL,
    "cycle_id" INTEGER NOT NULL,
    "occurrence" INTEGER NOT NULL,
    "status" "review_status" NOT NULL,
    "facilitator_id" TEXT NOT NULL,
    "facilitator_name" TEXT NOT NULL,
    "started_at" INTEGER NOT NULL,
    "ended_at" INTEGER,
    "snapshot" JSONB,
    "step" INTEGER NOT NULL DEFAULT 0,
    "timer" JSONB,
    "ticks" JSONB NOT NULL DEFAULT '[]',
    "sequence" INTEGER NOT NULL DEFAULT 0,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "minutes" JSONB,
    "skip_reason" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "review_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "review_decision" (
    "id" SERIAL NOT NULL,
    "review_id" INTEGER NOT NULL,
    "item" TEXT NOT NULL,
    "service_id" INTEGER,
    "text" TEXT NOT NULL,
    "at" INTEGER NOT NULL,
    "author_id" TEXT NOT NULL,
    "author_name" TEXT NOT NULL,

    CONSTRAINT "review_decision_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "review_cycle_team_id_idx" ON "review_cycle"("team_id");

-- CreateIndex
CREATE INDEX "review_cycle_service_id_idx" ON "review_cycle"("service_id");

-- CreateIndex
CREATE UNIQUE INDEX "review_cycle_id_occurrence_key" ON "review"("cycle_id", "occurrence");

-- CreateIndex
CREATE INDEX "review_decision_review_id_idx" ON "review_decision"("review_id");

-- CreateIndex
CREATE INDEX "action_item_review_id_idx" ON "action_item"("review_id");

-- CreateIndex
CREATE INDEX "action_item_service_id_idx" ON "action_item"("service_id");

-- AddForeignKey
ALTER TABLE "action_item" ADD CONSTRAINT "action_item_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "review"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "action_item" ADD CONSTRAINT "action_item_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_cycle" ADD CONSTRAINT "review_cycle_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_cycle" ADD CONSTRAINT "review_cycle_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review" ADD CONSTRAINT "review_cycle_id_fkey" FOREIGN KEY ("cycle_id") REFERENCES "review_cycle"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_decision" ADD CONSTRAINT "review_decision_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "review"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_decision" ADD CONSTRAINT "review_decision_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- One scope each; what is held has its numbers, what is closed its minutes, what is skipped its reason.
ALTER TABLE "review_cycle" ADD CONSTRAINT "review_cycle_one_scope" CHECK (("team_id" IS NULL) <> ("service_id" IS NULL));
ALTER TABLE "review" ADD CONSTRAINT "review_whole" CHECK (
  CASE "status"
    WHEN 'skipped' THEN "snapshot" IS NULL AND "minutes" IS NULL AND "skip_reason" <> '' AND "ended_at" IS NOT NULL
    WHEN 'running' THEN "snapshot" IS NOT NULL AND "timer" IS NOT NULL AND "minutes" IS NULL AND "ended_at" IS NULL
    ELSE "snapshot" IS NOT NULL AND "timer" IS NOT NULL AND "minutes" IS NOT NULL AND "ended_at" IS NOT NULL
  END
);
-- Two people who start at once start one.
CREATE UNIQUE INDEX "review_running_key" ON "review" ("cycle_id") WHERE "status" = 'running';

-- Numbers are frozen when a review begins, and minutes stand as they were written.
CREATE FUNCTION "review_stands"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The numbers and the minutes of a review do not change.';
END $$;
CREATE TRIGGER "review_stands" BEFORE UPDATE ON "review" FOR EACH ROW
  WHEN (OLD."snapshot" IS DISTINCT FROM NEW."snapshot" OR (OLD."minutes" IS NOT NULL AND OLD."minutes" IS DISTINCT FROM NEW."minutes"))
  EXECUTE FUNCTION "review_stands"();
