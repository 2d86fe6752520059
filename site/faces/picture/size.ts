/** What link previews take: https://ogp.me/#structured */
export const pictureSize = { width: 1200, height: 630 };
