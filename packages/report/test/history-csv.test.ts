import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { historyCsv } from '../src/index';

const SEED = 'auc,loss,precision,recall,val_auc,val_loss,val_precision,val_recall';

describe('historyCsv', () => {
  it('has the columns of Keras’ history in front, then phase and epoch, then the rest', () => {
    const row = {
      phase: 'head',
      epoch: 0,
      learningRate: 0.001,
      seconds: 1.5,
      loss: 0.1,
      val_loss: 0.2,
      auc: 0.3,
      hamming: 0.4,
    };
    const [header, line] = historyCsv([row]).split('\n');
    expect(header).toBe(`${SEED},phase,epoch,learningRate,seconds,hamming`);
    expect(line).toBe('0.3,0.1,,,,0.2,,,head,0,0.001,1.5,0.4');
  });

  it('is a header alone without rows', () => {
    expect(historyCsv([])).toBe(`${SEED},phase,epoch\n`);
  });

  it('reads back as the same doubles; an undefined value is an empty field', () => {
    const rows = [0.1 + 0.2, 1e-7, 1 / 3, Number.NaN].map((auc, epoch) => ({ phase: 'thaw', epoch, auc }));
    const read: Record<string, string>[] = parse(historyCsv(rows), { columns: true });
    expect(read.map(({ auc }) => auc)).toEqual(['0.30000000000000004', '1e-7', '0.3333333333333333', '']);
  });

  it('quotes a phase that holds a comma, a quote or a line break', () => {
    const phase = 'stage "4",\nthen 3';
    const read: Record<string, string>[] = parse(historyCsv([{ phase, epoch: 0 }]), { columns: true });
    expect(read[0]?.phase).toBe(phase);
  });
});
