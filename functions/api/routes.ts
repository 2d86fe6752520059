import type { Routes } from '../http/match-route.ts';
import { erase } from './account/erase.ts';
import { listOwnReports } from './account/reports.ts';
import { endSession, listOwnSessions } from './account/sessions.ts';
import { showAccount } from './account/show.ts';
import { callback } from './auth/callback.ts';
import { callbackPath, signIn } from './auth/sign-in.ts';
import { signOut } from './auth/sign-out.ts';
import { feed } from './feed.ts';
import { live, ready } from './health.ts';
import { publicLog } from './log.ts';
import { me } from './me.ts';
import { bulk } from './moderation/bulk.ts';
import { decide } from './moderation/decide.ts';
import { escalate } from './moderation/escalate.ts';
import { queue } from './moderation/queue.ts';
import { reading } from './moderation/reading.ts';
import { show } from './moderation/show.ts';
import { statistics } from './moderation/statistics.ts';
import { status } from './status.ts';
import { appeal } from './submissions/appeal.ts';
import { changeFeed } from './submissions/feed.ts';
import { listGists } from './submissions/gists.ts';
import { listMine } from './submissions/list.ts';
import { listMyNews } from './submissions/news.ts';
import { preview } from './submissions/preview.ts';
import { report } from './submissions/report.ts';
import { markNewsSeen } from './submissions/seen.ts';
import { showFeed } from './submissions/show-feed.ts';
import { submit } from './submissions/submit.ts';
import { withdraw } from './submissions/withdraw.ts';

/** The whole API. A fixed path stands before one with braces that would match it too. */
export const routes: Routes = {
  '/api/auth/signin': [signIn],
  [callbackPath]: [callback],
  '/api/auth/signout': [signOut],
  '/api/me': [me],
  '/api/account': [showAccount],
  '/api/account/erase': [erase],
  '/api/account/reports': [listOwnReports],
  '/api/account/sessions': [listOwnSessions],
  '/api/account/sessions/{id}/end': [endSession],
  '/api/submissions': [listMine, submit],
  '/api/submissions/preview': [preview],
  '/api/submissions/gists': [listGists],
  '/api/submissions/news': [listMyNews],
  '/api/submissions/seen': [markNewsSeen],
  '/api/submissions/feed': [showFeed, changeFeed],
  '/api/submissions/{gist_id}/withdraw': [withdraw],
  '/api/submissions/{gist_id}/appeal': [appeal],
  '/api/submissions/{gist_id}/report': [report],
  '/api/moderation/queue': [queue],
  '/api/moderation/statistics': [statistics],
  '/api/moderation/bulk': [bulk],
  '/api/moderation/{gist_id}': [show, decide],
  '/api/moderation/{gist_id}/reading': [reading],
  '/api/moderation/{gist_id}/escalate': [escalate],
  '/api/feed': [feed],
  '/api/log': [publicLog],
  '/api/health': [ready],
  '/api/health/live': [live],
  '/api/health/ready': [ready],
  '/api/status': [status],
};
