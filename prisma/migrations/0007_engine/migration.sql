-- AlterTable
ALTER TABLE "data_source" ADD COLUMN     "scrape_probed_at" TIMESTAMPTZ(3),
ADD COLUMN     "scrape_seconds" INTEGER NOT NULL DEFAULT 15;

-- AlterTable
ALTER TABLE "slo_status" ADD COLUMN     "firing" INTEGER[] NOT NULL DEFAULT '{}',
ADD COLUMN     "known_since" INTEGER,
ADD COLUMN     "known_state" TEXT;
UPDATE "slo_status" SET "known_state" = "state", "known_since" = "since" WHERE "state" <> 'no-data';

-- AlterTable
ALTER TABLE "accuracy_sample" ALTER COLUMN "ledger" DROP NOT NULL,
ALTER COLUMN "one_shot" DROP NOT NULL,
ALTER COLUMN "drift" DROP NOT NULL;

-- A stretch is corrected once, also when its poller starts again. What was found by unequal steps was no correction.
DELETE FROM "measurement_correction";

-- CreateIndex
CREATE UNIQUE INDEX "measurement_correction_slo_id_from_ts_to_ts_key" ON "measurement_correction"("slo_id", "from_ts", "to_ts");

-- What no form lets through, nobody writes by hand either. Rows that exist are read as unreadable, not refused here.
ALTER TABLE "slo" ADD CONSTRAINT "slo_target_check" CHECK ("target" > 0 AND "target" < 1) NOT VALID;
ALTER TABLE "slo" ADD CONSTRAINT "slo_coverage_floor_check" CHECK ("coverage_floor" >= 0 AND "coverage_floor" <= 1) NOT VALID;
ALTER TABLE "slo" ADD CONSTRAINT "slo_slice_target_check" CHECK ("slice_target" > 0 AND "slice_target" <= 1) NOT VALID;
ALTER TABLE "slo" ADD CONSTRAINT "slo_min_events_check" CHECK ("min_events" >= 0) NOT VALID;
ALTER TABLE "data_source" ADD CONSTRAINT "data_source_offset_check" CHECK ("offset_seconds" >= 0) NOT VALID;
ALTER TABLE "data_source" ADD CONSTRAINT "data_source_scrape_check" CHECK ("scrape_seconds" > 0) NOT VALID;
