-- CreateEnum
CREATE TYPE "effort" AS ENUM ('S', 'M', 'L', 'XL');

-- CreateEnum
CREATE TYPE "change_type" AS ENUM ('feature', 'reliability_fix', 'security_fix');

-- CreateEnum
CREATE TYPE "risk" AS ENUM ('low', 'medium', 'high');

-- CreateEnum
CREATE TYPE "decision" AS ENUM ('approve', 'review', 'defer', 'block');

-- CreateEnum
CREATE TYPE "release_request_status" AS ENUM ('draft', 'decided', 'approved', 'refused', 'withdrawn', 'expired', 'released', 'observed');

-- CreateEnum
CREATE TYPE "waiver_status" AS ENUM ('asked', 'active', 'refused', 'withdrawn', 'revoked', 'ended');

-- DropIndex
DROP INDEX "error_budget_policy_tier_key";

-- AlterTable
ALTER TABLE "team" ADD COLUMN     "size" INTEGER,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- What was stored of policies is brought over below. Of several for the same tier, or for all, the first one held.
CREATE TABLE "old_error_budget_policy" AS
SELECT DISTINCT ON ("tier") "tier", "settings" FROM "error_budget_policy" ORDER BY "tier", "id";
DELETE FROM "error_budget_policy";

-- AlterTable
ALTER TABLE "error_budget_policy" DROP COLUMN "tier",
ADD COLUMN     "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "description" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "name" TEXT NOT NULL,
ADD COLUMN     "preset" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "slug" TEXT NOT NULL,
ADD COLUMN     "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- CreateTable
CREATE TABLE "error_budget_policy_version" (
    "policy_id" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "settings" JSONB NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "author" TEXT NOT NULL,
    "author_id" TEXT,
    "changes" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "error_budget_policy_version_pkey" PRIMARY KEY ("policy_id","version")
);

-- CreateTable
CREATE TABLE "error_budget_policy_agreement" (
    "policy_id" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "role" "role" NOT NULL,
    "person_id" TEXT NOT NULL,
    "person_name" TEXT NOT NULL,
    "at" INTEGER NOT NULL,

    CONSTRAINT "error_budget_policy_agreement_pkey" PRIMARY KEY ("policy_id","version","role")
);

-- CreateTable
CREATE TABLE "error_budget_policy_assignment" (
    "scope" TEXT NOT NULL,
    "policy_id" INTEGER NOT NULL,
    "tier" "tier",
    "service_id" INTEGER,
    "slo_id" INTEGER,

    CONSTRAINT "error_budget_policy_assignment_pkey" PRIMARY KEY ("scope")
);

-- CreateTable
CREATE TABLE "reliability_priority" (
    "slo_id" INTEGER NOT NULL,
    "effort" "effort" NOT NULL DEFAULT 'M',
    "owner_id" UUID,
    "link" TEXT NOT NULL DEFAULT '',
    "note" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reliability_priority_pkey" PRIMARY KEY ("slo_id")
);

-- CreateTable
CREATE TABLE "capacity_plan" (
    "team_id" INTEGER NOT NULL,
    "quarter" TEXT NOT NULL,
    "reliability" DOUBLE PRECISION NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "decided_by" TEXT NOT NULL,
    "decided_at" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "capacity_plan_pkey" PRIMARY KEY ("team_id","quarter")
);

-- CreateTable
CREATE TABLE "release_request" (
    "id" SERIAL NOT NULL,
    "service_id" INTEGER NOT NULL,
    "version" TEXT NOT NULL,
    "change_type" "change_type" NOT NULL,
    "risk" "risk" NOT NULL,
    "answers" JSONB,
    "description" TEXT NOT NULL DEFAULT '',
    "links" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "rollback_plan" TEXT NOT NULL DEFAULT '',
    "planned_at" INTEGER,
    "status" "release_request_status" NOT NULL DEFAULT 'draft',
    "decision" "decision",
    "evaluation" JSONB,
    "decided_at" INTEGER,
    "valid_until" INTEGER,
    "end_reason" TEXT NOT NULL DEFAULT '',
    "ended_at" INTEGER,
    "requested_by" TEXT,
    "requested_by_name" TEXT NOT NULL,
    "requested_at" INTEGER NOT NULL,
    "release_id" INTEGER,
    "revision" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "release_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "release_approval" (
    "id" SERIAL NOT NULL,
    "request_id" INTEGER NOT NULL,
    "role" "role" NOT NULL,
    "person_id" TEXT NOT NULL,
    "person_name" TEXT NOT NULL,
    "approves" BOOLEAN NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "at" INTEGER NOT NULL,
    "void_since" INTEGER,

    CONSTRAINT "release_approval_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "release_condition" (
    "id" SERIAL NOT NULL,
    "request_id" INTEGER NOT NULL,
    "condition" JSONB NOT NULL,
    "set_by" TEXT NOT NULL,
    "done_at" INTEGER,
    "done_by" TEXT,

    CONSTRAINT "release_condition_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "release_event" (
    "id" BIGSERIAL NOT NULL,
    "request_id" INTEGER NOT NULL,
    "at" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "detail" JSONB,
    "author_id" TEXT,
    "author_name" TEXT NOT NULL,

    CONSTRAINT "release_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "release_cost" (
    "release_id" INTEGER NOT NULL,
    "slo_id" INTEGER NOT NULL,
    "horizon" INTEGER NOT NULL,
    "to_ts" INTEGER NOT NULL,
    "bad" DOUBLE PRECISION NOT NULL,
    "total" DOUBLE PRECISION NOT NULL,
    "baseline" DOUBLE PRECISION,
    "spent" DOUBLE PRECISION NOT NULL,
    "excess" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "release_cost_pkey" PRIMARY KEY ("release_id","slo_id","horizon")
);

-- CreateTable
CREATE TABLE "waiver" (
    "id" SERIAL NOT NULL,
    "service_id" INTEGER NOT NULL,
    "request_id" INTEGER,
    "reason" TEXT NOT NULL,
    "until_ts" INTEGER NOT NULL,
    "budget_limit" DOUBLE PRECISION NOT NULL,
    "status" "waiver_status" NOT NULL DEFAULT 'asked',
    "asked_by" TEXT NOT NULL,
    "asked_by_name" TEXT NOT NULL,
    "asked_at" INTEGER NOT NULL,
    "active_from" INTEGER,
    "ended_at" INTEGER,
    "end_reason" TEXT NOT NULL DEFAULT '',
    "spent" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "spent_slo_id" INTEGER,
    "reviewed_at" INTEGER,
    "revision" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "waiver_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "waiver_signature" (
    "waiver_id" INTEGER NOT NULL,
    "person_id" TEXT NOT NULL,
    "person_name" TEXT NOT NULL,
    "role" "role" NOT NULL,
    "grants" BOOLEAN NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "at" INTEGER NOT NULL,

    CONSTRAINT "waiver_signature_pkey" PRIMARY KEY ("waiver_id","person_id")
);

-- CreateTable
CREATE TABLE "gate_answer" (
    "id" SERIAL NOT NULL,
    "service_id" INTEGER NOT NULL,
    "at" INTEGER NOT NULL,
    "change_type" "change_type" NOT NULL,
    "risk" "risk" NOT NULL,
    "decision" "decision" NOT NULL,
    "evaluation" JSONB NOT NULL,
    "asked_by" TEXT NOT NULL,

    CONSTRAINT "gate_answer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "actor_id" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,
    "answer" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("actor_id","scope","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "release_request_release_id_key" ON "release_request"("release_id");

-- CreateIndex
CREATE INDEX "release_request_status_idx" ON "release_request"("status");

-- CreateIndex
CREATE INDEX "release_request_service_id_version_idx" ON "release_request"("service_id", "version");

-- CreateIndex
CREATE INDEX "release_request_requested_at_idx" ON "release_request"("requested_at");

-- CreateIndex
CREATE INDEX "release_approval_request_id_idx" ON "release_approval"("request_id");

-- CreateIndex
CREATE INDEX "release_condition_request_id_idx" ON "release_condition"("request_id");

-- CreateIndex
CREATE INDEX "release_event_request_id_at_idx" ON "release_event"("request_id", "at");

-- CreateIndex
CREATE INDEX "release_cost_slo_id_idx" ON "release_cost"("slo_id");

-- CreateIndex
CREATE INDEX "waiver_service_id_status_idx" ON "waiver"("service_id", "status");

-- CreateIndex
CREATE INDEX "waiver_asked_at_idx" ON "waiver"("asked_at");

-- CreateIndex
CREATE INDEX "gate_answer_service_id_at_idx" ON "gate_answer"("service_id", "at");

-- CreateIndex
CREATE INDEX "idempotency_key_created_at_idx" ON "idempotency_key"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "error_budget_policy_slug_key" ON "error_budget_policy"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "error_budget_policy_name_key" ON "error_budget_policy"("name");

-- AddForeignKey
ALTER TABLE "error_budget_policy_version" ADD CONSTRAINT "error_budget_policy_version_policy_id_fkey" FOREIGN KEY ("policy_id") REFERENCES "error_budget_policy"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "error_budget_policy_agreement" ADD CONSTRAINT "error_budget_policy_agreement_policy_id_fkey" FOREIGN KEY ("policy_id") REFERENCES "error_budget_policy"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "error_budget_policy_assignment" ADD CONSTRAINT "error_budget_policy_assignment_policy_id_fkey" FOREIGN KEY ("policy_id") REFERENCES "error_budget_policy"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "error_budget_policy_assignment" ADD CONSTRAINT "error_budget_policy_assignment_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "error_budget_policy_assignment" ADD CONSTRAINT "error_budget_policy_assignment_slo_id_fkey" FOREIGN KEY ("slo_id") REFERENCES "slo"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reliability_priority" ADD CONSTRAINT "reliability_priority_slo_id_fkey" FOREIGN KEY ("slo_id") REFERENCES "slo"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reliability_priority" ADD CONSTRAINT "reliability_priority_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "capacity_plan" ADD CONSTRAINT "capacity_plan_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_request" ADD CONSTRAINT "release_request_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_request" ADD CONSTRAINT "release_request_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "release"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_approval" ADD CONSTRAINT "release_approval_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "release_request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_condition" ADD CONSTRAINT "release_condition_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "release_request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_event" ADD CONSTRAINT "release_event_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "release_request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_cost" ADD CONSTRAINT "release_cost_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "release"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_cost" ADD CONSTRAINT "release_cost_slo_id_fkey" FOREIGN KEY ("slo_id") REFERENCES "slo"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waiver" ADD CONSTRAINT "waiver_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waiver" ADD CONSTRAINT "waiver_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "release_request"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waiver_signature" ADD CONSTRAINT "waiver_signature_waiver_id_fkey" FOREIGN KEY ("waiver_id") REFERENCES "waiver"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "gate_answer" ADD CONSTRAINT "gate_answer_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What is offered to begin with (lib/policy/presets.ts).
INSERT INTO "error_budget_policy" ("slug", "name", "description", "settings", "preset") VALUES
  ('standard', 'Standard', 'Spend the budget while there is one; slow down as it goes; stop features when it is gone.', '{"status":{"lookbackShare":0.1,"pace":{"attention":1,"warning":1.5,"critical":2},"floor":{"attention":0.25,"warning":0.1,"critical":0.05}},"matrix":{"healthy":{"low":"approve","medium":"approve","high":"review"},"attention":{"low":"approve","medium":"review","high":"defer"},"warning":{"low":"review","medium":"defer","high":"block"},"critical":{"low":"defer","medium":"block","high":"block"},"exhausted":{"low":"block","medium":"block","high":"block"}},"unknown":"review","lanes":{"feature":"block","reliability_fix":"review","security_fix":"review"},"costFloor":0.1,"incidents":{"severities":["sev1","sev2"],"here":"defer","dependencies":"review"},"freezes":[],"approvers":{"low":["product_owner"],"medium":["product_owner"],"high":["product_owner","slo_owner"]},"validHours":4,"waivers":{"longestDays":14,"largestLimit":0.2},"unreachable":{"portal":"closed","data":"review"},"states":{"healthy":{"consequence":"Releases go out as planned. The budget is there to be spent.","allClear":""},"attention":{"consequence":"High-risk releases wait. The team looks for what spends the budget.","allClear":"High-risk releases are reviewed again."},"warning":{"consequence":"Only small releases go out, each after a review. The cause of the burn comes before new features.","allClear":"Releases of medium risk go out after a review again."},"critical":{"consequence":"Releases are deferred or blocked. Somebody works on the cause until the burn has stopped.","allClear":"Small releases go out after a review again."},"exhausted":{"consequence":"Features stop; reliability and security fixes go on after a review. A waiver takes two people.","allClear":"Normal releases resume."}},"agreedBy":["engineer","slo_owner","product_owner"]}', true),
  ('lenient', 'Lenient', 'For services nobody waits for: the budget warns early and stops releases only when it is gone.', '{"status":{"lookbackShare":0.1,"pace":{"attention":1,"warning":1.5,"critical":2},"floor":{"attention":0.25,"warning":0.1,"critical":0.05}},"matrix":{"healthy":{"low":"approve","medium":"approve","high":"approve"},"attention":{"low":"approve","medium":"approve","high":"review"},"warning":{"low":"approve","medium":"review","high":"review"},"critical":{"low":"review","medium":"review","high":"defer"},"exhausted":{"low":"review","medium":"block","high":"block"}},"unknown":"review","lanes":{"feature":"block","reliability_fix":"review","security_fix":"review"},"costFloor":0,"incidents":{"severities":["sev1","sev2"],"here":"review","dependencies":"approve"},"freezes":[],"approvers":{"low":["product_owner"],"medium":["product_owner"],"high":["product_owner","slo_owner"]},"validHours":4,"waivers":{"longestDays":14,"largestLimit":0.2},"unreachable":{"portal":"closed","data":"review"},"states":{"healthy":{"consequence":"Releases go out as planned.","allClear":""},"attention":{"consequence":"Releases go out; those of high risk after a review.","allClear":""},"warning":{"consequence":"Releases of medium and high risk go out after a review.","allClear":""},"critical":{"consequence":"Every release is reviewed; those of high risk wait.","allClear":"Small releases go out as planned again."},"exhausted":{"consequence":"Only small releases and fixes go out, each after a review.","allClear":"Releases go out after a review again."}},"agreedBy":["engineer","slo_owner","product_owner"]}', true);
INSERT INTO "error_budget_policy_version" ("policy_id", "version", "settings", "author", "changes")
SELECT "id", 1, "settings", 'Headroom', '["Comes with Headroom"]' FROM "error_budget_policy" WHERE "preset";

-- Thresholds that were stored for a tier, or for all, become policies that hold there.
INSERT INTO "error_budget_policy" ("slug", "name", "settings")
SELECT 'thresholds-' || coalesce(replace(o."tier"::text, '_', '-'), 'all'), 'Thresholds of ' || coalesce(replace(o."tier"::text, '_', ' ') || ' services', 'all services'),
  p."settings" || jsonb_build_object('status', o."settings")
FROM "old_error_budget_policy" o, "error_budget_policy" p WHERE p."slug" = 'standard';
INSERT INTO "error_budget_policy_version" ("policy_id", "version", "settings", "author", "changes")
SELECT "id", 1, "settings", 'Headroom', '["Brought over"]' FROM "error_budget_policy" WHERE NOT "preset";
INSERT INTO "error_budget_policy_assignment" ("scope", "policy_id", "tier")
SELECT coalesce('tier:' || o."tier"::text, 'default'), p."id", o."tier" FROM "old_error_budget_policy" o
JOIN "error_budget_policy" p ON p."slug" = 'thresholds-' || coalesce(replace(o."tier"::text, '_', '-'), 'all');
DROP TABLE "old_error_budget_policy";
