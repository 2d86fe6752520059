import './case.ts';
import './desk.ts';
