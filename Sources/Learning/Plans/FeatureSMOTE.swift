public import Batches
public import Losses
import Networks
import Randomness
import Requirements
public import Sampling
import Torch

/// SMOTE among features: a row's features moved towards one of the k nearest training rows of its class,
/// f ← f + u (g − f), u even in 0…1, before the heads see them.
///
/// On a stream of balanced classes a row of class c is moved with probability 1 − n_c / n_max, which are the shares of
/// made and of found rows that SMOTE up to the largest class has. The neighbours are those among the features of the
/// training set as they are when the stage begins, the row's own left out; rows of a class of one image stay. Meant for
/// a stage whose trunk is frozen: what is moved has no gradient.
///
/// Source: Chawla, Bowyer, Hall, Kegelmeyer, "SMOTE: Synthetic Minority Over-sampling Technique", JAIR 2002, on features in
/// place of inputs.
public struct FeatureSMOTE: LossObjective {
  /// How wrong the network is about each row.
  public var loss: any Loss
  /// Counts of the training set.
  public let classes: ClassCounts
  /// k, at least 1.
  public let neighbours: Int

  /// - Parameters:
  ///   - loss: how wrong the network is about each row.
  ///   - classes: counts of the training set.
  ///   - neighbours: k, at least 1.
  /// - Precondition: `neighbours` is at least 1.
  public init(_ loss: any Loss = CrossEntropy(), classes: ClassCounts, neighbours: Int = 5) {
    require(neighbours >= 1, "FeatureSMOTE: expected at least 1 neighbour, got \(neighbours)")
    (self.loss, self.classes, self.neighbours) = (loss, classes, neighbours)
  }

  /// One.
  public var streams: Int { 1 }

  /// All: a made row is of the class of the rows that it was made of.
  public var expectedWeights: [Double] { [1] }

  /// The loss's; the features of the training set come at the first step.
  public func memory(for classes: ClassCounts) -> Memory { loss.memory(for: classes) }

  /// It does not.
  public var blends: Bool { false }

  /// When the stage begins.
  public func refreshes(at moment: Moment) -> Bool { moment.stageEpoch == 0 && moment.step == 0 }

  /// With the features of the training set, `[N, F]`, and their classes.
  public func refreshed(
    _ memory: Memory, through model: any Pass, with tools: any EditTools, at moment: Moment
  ) throws -> Memory {
    let training = try tools.trainingFeatures()
    var memory = memory
    memory["features"] = training.features
    memory["labels"] = Tensor(training.labels.map(Int64.init), shape: [training.labels.count])
    return memory
  }

  /// One term, `loss`, of the heads on moved features.
  ///
  /// - Precondition: one batch of one class a row; a network of one branch.
  public func terms(
    _ batches: [Batch], through model: any Pass, at moment: Moment,
    remembering memory: inout Memory
  ) -> Terms {
    require(
      batches.count == 1 && batches[0].target.terms.count == 1,
      "FeatureSMOTE: expected 1 batch of one class a row, got \(batches.count)")
    let batch = batches[0]
    var features = model.features(batch.inputs, branches: nil, .learning)
    require(features.count == 1, "FeatureSMOTE: expected 1 branch, got \(features.count)")
    var source = moment.key("smote").source
    if memory.names.contains("features") {
      features[0] = moved(features[0].detached(), batch, memory, using: &source)
    }
    let logits = model.answer(model.logits(of: features, .learning))
    loss.observe(batch.target, remembering: &memory)
    let rows = loss(logits, batch.target, LossState(at: moment, remembering: memory))
    return Terms([Terms.Term("loss", rows)], of: batch)
  }

  /// The features with those of some rows moved; three draws a row: whether, which neighbour, how far.
  private func moved(
    _ features: Tensor, _ batch: Batch, _ memory: Memory, using source: inout RandomSource
  ) -> Tensor {
    let labels = batch.target.terms[0].labels
    let isKnown = batch.target.known
    let all = memory["labels"].scalars(as: Int64.self).map(Int.init)
    var (neighbour, weights) = ([Int](), [Double]())
    for (row, label) in labels.enumerated() {
      let (chance, place, share) = (source.uniform(), source.uniform(), source.uniform())
      let others = all.indices.filter {
        all[$0] == label && !(row < batch.examples.count && $0 == batch.examples[row])
      }
      let stays = Double(classes.counts[label]) / Double(classes.commonest)
      guard isKnown[row], chance >= stays, !others.isEmpty else {
        neighbour.append(0)
        weights.append(1)
        continue
      }
      let nearest = self.nearest(features, row, others, memory["features"])
      neighbour.append(nearest[Int(place * Double(nearest.count))])
      weights.append(1 - share)
    }
    return withoutGradients {
      let places = Tensor(neighbour.map(Int64.init), shape: [neighbour.count])
        .moved(to: memory["features"].device)
      let towards = memory["features"].indexSelect(dim: 0, places).to(features.dtype)
        .moved(to: features.device)
      // A row that stays keeps its bits.
      return features.blended(with: towards, own: weights)
    }
  }

  /// The k nearest of some training rows, nearest first, the earlier of equals.
  private func nearest(
    _ features: Tensor, _ row: Int, _ others: [Int], _ training: Tensor
  ) -> [Int] {
    let distances: [Double] = withoutGradients {
      let places = Tensor(others.map(Int64.init), shape: [others.count]).moved(to: training.device)
      let own = features.narrowed(dim: 0, start: row, length: 1).to(training.dtype)
        .moved(to: training.device)
      return (training.indexSelect(dim: 0, places) - own).square().sum(dims: [1]).scalars()
    }
    let order = distances.indices.sorted {
      (distances[$0], $0) < (distances[$1], $1)
    }
    return order.prefix(neighbours).map { others[$0] }
  }
}
