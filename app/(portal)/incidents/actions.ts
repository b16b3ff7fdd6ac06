'use server'
import { action } from '@/lib/action'
import { noteOnIncident, openIncident } from '@/lib/incident/commands'
import { addAction, changeAction } from '@/lib/incident/commands-actions'
import { takeBackClaim } from '@/lib/incident/commands-claim'
import { editIncident } from '@/lib/incident/commands-edit'
import { markFalsePositive } from '@/lib/incident/commands-false-positive'
import { moveIncident } from '@/lib/incident/commands-status'
import {
  actionChangeSchema,
  editSchema,
  falsePositiveSchema,
  newActionSchema,
  newIncidentSchema,
  noteSchema,
  statusSchema,
  takeBackSchema,
} from '@/lib/incident/schema'

export const openNow = async (input: unknown) => action(newIncidentSchema, (actor, asked) => openIncident(actor, asked))(input)
export const moveNow = async (input: unknown) => action(statusSchema, (actor, move) => moveIncident(actor, move))(input)
export const noteNow = async (input: unknown) => action(noteSchema, (actor, note) => noteOnIncident(actor, note))(input)
export const editNow = async (input: unknown) => action(editSchema, (actor, edit) => editIncident(actor, edit))(input)
export const addActionNow = async (input: unknown) => action(newActionSchema, (actor, item) => addAction(actor, item))(input)
export const changeActionNow = async (input: unknown) =>
  action(actionChangeSchema, (actor, change) => changeAction(actor, change))(input)
export const falsePositiveNow = async (input: unknown) =>
  action(falsePositiveSchema, (actor, asked) => markFalsePositive(actor, asked))(input)
export const takeBackNow = async (input: unknown) => action(takeBackSchema, (actor, asked) => takeBackClaim(actor, asked))(input)
