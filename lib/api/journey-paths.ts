import { z } from 'zod'
import { journeyChangeSchema, journeySchema } from '../journey/schema'
import { journeyListSchema, journeyResourceSchema, savedJourneySchema } from './journey-resources'
import { get, write } from './operations'

const path = z.object({ slug: z.string().meta({ description: 'short name of the journey' }) })

export const journeyPaths = {
  '/api/v1/journeys': {
    ...get('listJourneys', 'All journeys with the state of each step', journeyListSchema),
    post: write('createJourney', 'Write a journey', { body: journeySchema, answer: savedJourneySchema, status: 201 }),
  },
  '/api/v1/journeys/{slug}': {
    ...get('getJourney', 'One journey', journeyResourceSchema, { path }),
    put: write('changeJourney', 'Save a journey', { body: journeyChangeSchema, answer: savedJourneySchema, params: { path } }),
    delete: write('deleteJourney', 'Delete a journey; its SLOs stay', {
      answer: z.object({ slug: z.string() }),
      params: { path, query: z.object({ version: z.int() }) },
    }),
  },
}
