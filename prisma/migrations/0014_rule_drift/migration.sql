-- CreateTable
CREATE TABLE "rule_check" (
    "data_source_id" INTEGER NOT NULL,
    "asked_at" INTEGER NOT NULL,
    "checked_at" INTEGER,
    "problem" TEXT,
    "message" TEXT,
    "loaded" INTEGER NOT NULL DEFAULT 0,
    "services" JSONB NOT NULL DEFAULT '[]',
    "gone" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "rule_check_pkey" PRIMARY KEY ("data_source_id")
);

-- CreateTable
CREATE TABLE "slo_rule_drift" (
    "slo_id" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "problems" JSONB NOT NULL DEFAULT '[]',
    "since" INTEGER NOT NULL,

    CONSTRAINT "slo_rule_drift_pkey" PRIMARY KEY ("slo_id")
);

-- AddForeignKey
ALTER TABLE "rule_check" ADD CONSTRAINT "rule_check_data_source_id_fkey" FOREIGN KEY ("data_source_id") REFERENCES "data_source"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "slo_rule_drift" ADD CONSTRAINT "slo_rule_drift_slo_id_fkey" FOREIGN KEY ("slo_id") REFERENCES "slo"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- lib/drift/drift.ts
ALTER TABLE "slo_rule_drift"
  ADD CONSTRAINT "slo_rule_drift_state" CHECK ("state" IN ('not-loaded', 'unhealthy', 'late', 'different', 'slow', 'in-step'));

-- A source without an answer says why, and one that never answered says nothing else.
ALTER TABLE "rule_check"
  ADD CONSTRAINT "rule_check_problem" CHECK (("problem" IS NULL) = ("message" IS NULL)
    AND ("problem" IS NULL OR "problem" IN ('unreachable', 'no-rules', 'unreadable'))
    AND ("checked_at" IS NOT NULL OR "problem" IS NOT NULL OR "loaded" = 0));
