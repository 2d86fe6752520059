/** Why a browse file cannot be read, as a sentence for whoever looks at the page. */
export class BrowseTrouble extends Error {
  override name = 'BrowseTrouble';
  /** True where asking again may help. */
  passing: boolean;

  constructor(sentence: string, passing = false) {
    super(sentence);
    this.passing = passing;
  }
}
