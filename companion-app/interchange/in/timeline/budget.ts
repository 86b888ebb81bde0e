/** Counts clips while a timeline is read: sequences used within sequences multiply, a small file can mean millions. */
import { IN_LIMITS } from '../file/limits';
import { FormatFault } from '../file/refuse';

export class ClipBudget {
  private left: number = IN_LIMITS.clips;

  /** One more clip. Throws FormatFault when there are too many. */
  take(): void {
    this.left -= 1;
    if (this.left < 0) throw new FormatFault(`it holds more than ${IN_LIMITS.clips} clips`);
  }
}
