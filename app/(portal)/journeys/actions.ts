'use server'
import { action } from '@/lib/action'
import { createJourney, deleteJourney, setResult, updateJourney } from '@/lib/journey/commands'
import { deleteJourneySchema, journeySchema, setResultSchema, updateJourneySchema } from '@/lib/journey/schema'

export const createJourneyNow = async (input: unknown) => action(journeySchema, createJourney)(input)
export const updateJourneyNow = async (input: unknown) => action(updateJourneySchema, updateJourney)(input)
export const deleteJourneyNow = async (input: unknown) => action(deleteJourneySchema, deleteJourney)(input)
export const setResultNow = async (input: unknown) => action(setResultSchema, setResult)(input)
