-- AlterTable
ALTER TABLE "service" ADD COLUMN     "declared" JSONB;
