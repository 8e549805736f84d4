/** What becomes of something, by the value before. */
interface Move {
  readonly outcome: string;
  readonly from?: string;
}

/** What becomes of a value that was looked up for the first time, and stays: the value in the file is the one before. */
export function withFirstLookUp<M extends Move>(move: M, lookedUp: string | undefined): M {
  return move.outcome === 'moved' || move.from !== undefined ? move : { ...move, from: lookedUp };
}
