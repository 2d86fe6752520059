import type { Page } from 'playwright-core';

/** What is seen on a page and looks as if it did something, but does nothing without a script. */
export async function deadControls(page: Page): Promise<string[]> {
  return await page.evaluate(dead);
}

/** Runs in the page. */
function dead(): string[] {
  const shown = (element: Element) => element.checkVisibility({ visibilityProperty: true });
  const submits = (form: HTMLFormElement) =>
    form.querySelector('button:not([type=button], [type=reset]), input:is([type=submit], [type=image])') !==
    null;
  const formOf = (control: Element) =>
    (control as HTMLInputElement).form ??
    document.querySelector<HTMLFormElement>(`form#${control.getAttribute('form')}`);
  const works = (control: Element): boolean => {
    if (control instanceof HTMLAnchorElement) {
      const href = control.getAttribute('href');
      if (!href || /^javascript:/i.test(href)) return false;
      if (!href.startsWith('#')) return true;
      return document.getElementById(decodeURIComponent(href.slice(1))) !== null;
    }
    if (control instanceof HTMLButtonElement && control.type === 'button')
      return control.popoverTargetElement !== null || control.hasAttribute('commandfor');
    if (/^(?:button|input|select|textarea)$/i.test(control.tagName)) {
      const form = formOf(control);
      return form !== null && submits(form);
    }
    return false;
  };
  const controls = document.querySelectorAll(
    'a, button, input:not([type=hidden]), select, textarea, [onclick], [contenteditable], [role=button], [role=link], [role=tab], progress',
  );
  return [...controls]
    .filter((control) => shown(control) && !works(control))
    .map((control) => control.outerHTML.slice(0, 120));
}
