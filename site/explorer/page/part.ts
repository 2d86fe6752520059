/** The part of a page or template that a selector names. Throws where it is not: page and script do not belong together. */
export function part<Found extends HTMLElement>(within: ParentNode, selector: string): Found {
  const found = within.querySelector<Found>(selector);
  if (!found) throw new Error(`nothing is ${selector}`);
  return found;
}

/** A copy of an element. */
export function copyOf<Made extends Element>(made: Made): Made {
  return made.cloneNode(true) as Made;
}
