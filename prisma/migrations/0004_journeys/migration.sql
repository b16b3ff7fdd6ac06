-- CreateEnum
CREATE TYPE "criticality" AS ENUM ('critical', 'high', 'medium', 'low');

-- AlterTable
ALTER TABLE "slo_evaluation" ADD COLUMN     "provisional_from" INTEGER;

-- CreateTable
CREATE TABLE "journey" (
    "id" SERIAL NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "criticality" "criticality" NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "business_impact" TEXT NOT NULL DEFAULT '',
    "result_slo_id" INTEGER,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "journey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "journey_step" (
    "journey_id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "sli_type" TEXT NOT NULL,
    "threshold" TEXT NOT NULL DEFAULT '',
    "slo_id" INTEGER,

    CONSTRAINT "journey_step_pkey" PRIMARY KEY ("journey_id","position")
);

-- CreateIndex
CREATE UNIQUE INDEX "journey_slug_key" ON "journey"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "journey_name_key" ON "journey"("name");

-- CreateIndex
CREATE INDEX "journey_step_slo_id_idx" ON "journey_step"("slo_id");

-- AddForeignKey
ALTER TABLE "journey" ADD CONSTRAINT "journey_result_slo_id_fkey" FOREIGN KEY ("result_slo_id") REFERENCES "slo"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "journey_step" ADD CONSTRAINT "journey_step_journey_id_fkey" FOREIGN KEY ("journey_id") REFERENCES "journey"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "journey_step" ADD CONSTRAINT "journey_step_slo_id_fkey" FOREIGN KEY ("slo_id") REFERENCES "slo"("id") ON DELETE SET NULL ON UPDATE CASCADE;
