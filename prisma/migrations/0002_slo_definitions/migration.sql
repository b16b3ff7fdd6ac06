-- CreateEnum
CREATE TYPE "slo_lifecycle" AS ENUM ('draft', 'active');

-- AlterTable
ALTER TABLE "slo" ADD COLUMN     "lifecycle" "slo_lifecycle" NOT NULL DEFAULT 'active',
ADD COLUMN     "objective_group" TEXT;

-- AlterTable
ALTER TABLE "slo_version" ADD COLUMN     "author_id" TEXT,
ADD COLUMN     "changes" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "effect" JSONB;

-- CreateTable
CREATE TABLE "slo_template" (
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "summary" TEXT NOT NULL DEFAULT '',
    "definition" JSONB NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "slo_template_pkey" PRIMARY KEY ("slug")
);
