/** How much a process has to do. */
export interface Load {
  /** Takes in a request that is more than a file to send; false where there are too many to take another in. */
  begin(): boolean;
  /** The request that was taken in is answered. */
  end(): void;
}
