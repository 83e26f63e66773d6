import Audit
import Runs

/// What each measure of hardness would need that is not there, and the command that makes it.
struct HardLacks {
  private let run: RunDirectory?
  private let present: Set<HardMeasure>

  /// - Parameters:
  ///   - run: the run that is looked into; nil where there is none.
  ///   - present: the measures that there are.
  init(of run: RunDirectory?, with present: Set<HardMeasure>) {
    (self.run, self.present) = (run, present)
  }

  /// The measures that there are not, in the order of all.
  var lacking: [HardTable.Lack] {
    HardMeasure.allCases.filter { !present.contains($0) }.compactMap(lack)
  }

  private func lack(_ measure: HardMeasure) -> HardTable.Lack? {
    let then = run == nil ? ", and name the run with --run" : ""
    switch measure {
    case .grand where present.contains(.aum):
      return HardTable.Lack(
        measure,
        needs:
          "gradients, which the records have not: they need one pass over a last layer that is linear, cosine, mixed or"
          + " scaled and drops nothing",
        command: "\(again) --method erm --record examples")
    case .aum, .el2n, .grand, .forgetting:
      return HardTable.Lack(
        measure, needs: "the records of a training run\(then)",
        command: "\(again) --record examples")
    case .vog:
      let kept = (try? run?.keptEpochs())?.count ?? 0
      guard kept > 1 else {
        return HardTable.Lack(
          measure, needs: "the weights of two epochs or more\(then)", command: keeping)
      }
      return HardTable.Lack(
        measure,
        needs: "a pass over the training images with the weights of the \(kept) kept epochs",
        command: "steelyard audit \(run?.path ?? "RUN") --gradients")
    case .tracin:
      return HardTable.Lack(
        measure, needs: "the weights of epochs, or records\(then)", command: keeping)
    case .pvi:
      // It needs the audited probabilities alone, which are always there.
      return nil
    }
  }

  private var again: String {
    run.map { "steelyard train --config \($0.path)/config.yaml" } ?? "steelyard train DATA"
  }

  private var keeping: String {
    let epochs = run.flatMap { try? MetricsLog.readIfPresent($0.metricsLines)?.lines.count } ?? nil
    return "\(again) --keep-checkpoints \(epochs.map(String.init) ?? "EPOCHS")"
  }
}
