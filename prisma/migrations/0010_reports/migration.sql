-- AlterTable
ALTER TABLE "service" ADD COLUMN     "time_zone" TEXT NOT NULL DEFAULT 'UTC';

-- CreateTable
CREATE TABLE "report" (
    "id" SERIAL NOT NULL,
    "service_id" INTEGER,
    "month" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "document" JSONB NOT NULL,
    "hash" TEXT NOT NULL,
    "html" BYTEA NOT NULL,
    "changes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "built_at" INTEGER NOT NULL,
    "built_by" TEXT NOT NULL,
    "met" INTEGER NOT NULL,
    "judged" INTEGER NOT NULL,
    "least_left" DOUBLE PRECISION,

    CONSTRAINT "report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "report_check" (
    "id" SERIAL NOT NULL,
    "service_id" INTEGER,
    "month" TEXT NOT NULL,
    "checked_at" INTEGER NOT NULL,
    "seen" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "report_check_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "month_quantile" (
    "slo_id" INTEGER NOT NULL,
    "from_ts" INTEGER NOT NULL,
    "to_ts" INTEGER NOT NULL,
    "p50" DOUBLE PRECISION,
    "p95" DOUBLE PRECISION,
    "p99" DOUBLE PRECISION,
    "note" TEXT NOT NULL DEFAULT '',
    "measured_at" INTEGER NOT NULL,

    CONSTRAINT "month_quantile_pkey" PRIMARY KEY ("slo_id","from_ts")
);

-- CreateTable
CREATE TABLE "report_subscription" (
    "id" SERIAL NOT NULL,
    "person_id" UUID,
    "address" TEXT,
    "service_id" INTEGER,
    "team_id" INTEGER,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "report_subscription_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "report_month_idx" ON "report"("month");

-- CreateIndex
CREATE UNIQUE INDEX "report_service_id_month_revision_key" ON "report"("service_id", "month", "revision" DESC) NULLS NOT DISTINCT;

-- CreateIndex
CREATE UNIQUE INDEX "report_check_service_id_month_key" ON "report_check"("service_id", "month") NULLS NOT DISTINCT;

-- CreateIndex
CREATE UNIQUE INDEX "report_subscription_person_id_address_service_id_team_id_key" ON "report_subscription"("person_id", "address", "service_id", "team_id") NULLS NOT DISTINCT;

-- AddForeignKey
ALTER TABLE "report" ADD CONSTRAINT "report_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_check" ADD CONSTRAINT "report_check_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "month_quantile" ADD CONSTRAINT "month_quantile_slo_id_fkey" FOREIGN KEY ("slo_id") REFERENCES "slo"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_subscription" ADD CONSTRAINT "report_subscription_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_subscription" ADD CONSTRAINT "report_subscription_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_subscription" ADD CONSTRAINT "report_subscription_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand from here on.
ALTER TABLE "report"
  ADD CONSTRAINT "report_month_check" CHECK ("month" ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  ADD CONSTRAINT "report_revision_check" CHECK ("revision" > 0);

-- One of a person and an address; at most one of a service and a team.
ALTER TABLE "report_subscription"
  ADD CONSTRAINT "report_subscription_who_check" CHECK (num_nonnulls("person_id", "address") = 1),
  ADD CONSTRAINT "report_subscription_scope_check" CHECK (num_nonnulls("service_id", "team_id") <= 1);

-- What was said stays said; old reports are removed whole.
CREATE FUNCTION "report_stays"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A report is never changed: what was corrected is the next revision.';
END $$;
CREATE TRIGGER "report_stays" BEFORE UPDATE ON "report" FOR EACH ROW EXECUTE FUNCTION "report_stays"();
