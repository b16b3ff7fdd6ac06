-- CreateEnum
CREATE TYPE "correction_kind" AS ENUM ('exclusion', 'credit');

-- CreateEnum
CREATE TYPE "correction_cause" AS ENUM ('maintenance', 'false_positive', 'business_hours', 'agreement');

-- CreateEnum
CREATE TYPE "correction_status" AS ENUM ('requested', 'approved', 'refused', 'withdrawn');

-- AlterTable
ALTER TABLE "api_token" ADD COLUMN     "owner_id" TEXT;

-- CreateTable
CREATE TABLE "correction" (
    "id" SERIAL NOT NULL,
    "kind" "correction_kind" NOT NULL,
    "cause" "correction_cause" NOT NULL,
    "reason" TEXT NOT NULL,
    "service_id" INTEGER,
    "schedule" JSONB,
    "minutes" DOUBLE PRECISION,
    "granted_at" INTEGER,
    "status" "correction_status" NOT NULL DEFAULT 'requested',
    "requested_by" TEXT NOT NULL,
    "requested_by_name" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_by" TEXT,
    "decided_by_name" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "decision_note" TEXT NOT NULL DEFAULT '',
    "withdrawn_by_name" TEXT,
    "withdrawn_at" TIMESTAMPTZ(3),
    "withdrawal_note" TEXT NOT NULL DEFAULT '',
    "effect" JSONB,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "correction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "correction_slo" (
    "correction_id" INTEGER NOT NULL,
    "slo_id" INTEGER NOT NULL,

    CONSTRAINT "correction_slo_pkey" PRIMARY KEY ("correction_id","slo_id")
);

-- CreateTable
CREATE TABLE "excluded_span" (
    "slo_id" INTEGER NOT NULL,
    "from_ts" INTEGER NOT NULL,
    "to_ts" INTEGER NOT NULL,
    "start_good" DOUBLE PRECISION,
    "start_total" DOUBLE PRECISION,
    "start_measured" INTEGER,
    "end_good" DOUBLE PRECISION,
    "end_total" DOUBLE PRECISION,
    "end_measured" INTEGER,

    CONSTRAINT "excluded_span_pkey" PRIMARY KEY ("slo_id","from_ts")
);

-- CreateTable
CREATE TABLE "budget_credit" (
    "slo_id" INTEGER NOT NULL,
    "correction_id" INTEGER NOT NULL,
    "granted_at" INTEGER NOT NULL,
    "minutes" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "budget_credit_pkey" PRIMARY KEY ("slo_id","correction_id")
);

-- CreateIndex
CREATE INDEX "correction_status_idx" ON "correction"("status");

-- CreateIndex
CREATE INDEX "correction_service_id_idx" ON "correction"("service_id");

-- CreateIndex
CREATE INDEX "correction_slo_slo_id_idx" ON "correction_slo"("slo_id");

-- AddForeignKey
ALTER TABLE "correction" ADD CONSTRAINT "correction_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "correction_slo" ADD CONSTRAINT "correction_slo_correction_id_fkey" FOREIGN KEY ("correction_id") REFERENCES "correction"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "correction_slo" ADD CONSTRAINT "correction_slo_slo_id_fkey" FOREIGN KEY ("slo_id") REFERENCES "slo"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "excluded_span" ADD CONSTRAINT "excluded_span_slo_id_fkey" FOREIGN KEY ("slo_id") REFERENCES "slo"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "budget_credit" ADD CONSTRAINT "budget_credit_slo_id_fkey" FOREIGN KEY ("slo_id") REFERENCES "slo"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Prisma has no words for the rest.
ALTER TABLE "correction" ADD CONSTRAINT "correction_whole" CHECK (
  ("kind" = 'exclusion' AND "schedule" IS NOT NULL AND "minutes" IS NULL AND "granted_at" IS NULL)
  OR ("kind" = 'credit' AND "schedule" IS NULL AND "minutes" > 0 AND "granted_at" IS NOT NULL));
ALTER TABLE "correction" ADD CONSTRAINT "correction_two_people" CHECK ("status" <> 'approved' OR "decided_by" <> "requested_by");
ALTER TABLE "excluded_span" ADD CONSTRAINT "excluded_span_forward" CHECK ("to_ts" > "from_ts");

-- Spans that wait for the counters to get there are few, and are looked for at every tick.
CREATE INDEX "excluded_span_open_idx" ON "excluded_span"("slo_id") WHERE "start_good" IS NULL OR "end_good" IS NULL;

-- Status rows keep the credited minutes behind the counts.
UPDATE "slo_status" SET "inputs" = "inputs" || 0::float8;
