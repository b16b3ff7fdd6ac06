export declare const root: string
export declare function hashOf(paths: string[]): string
export declare function nodeProblem(version: string): string | null
export declare function typescript(file: string): string[]
export declare function installProblem(output: string): string
