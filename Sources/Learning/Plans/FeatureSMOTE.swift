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
/// What is remembered, and stands in every checkpoint, are the features of at most `bank` rows of each class that is moved
/// at all, which the largest is not: C · bank · F numbers at most, whatever N is. A step of B rows looks at B · bank of
/// them. A class of up to `bank` rows has all its rows there.
///
/// Source: Chawla, Bowyer, Hall, Kegelmeyer, "SMOTE: Synthetic Minority Over-sampling Technique", JAIR 2002, on features in
/// place of inputs. Departs from the paper: of a class of more than `bank` rows the neighbours are sought among so many, drawn
/// once by the step's key.
public struct FeatureSMOTE: LossObjective {
  /// How wrong the network is about each row.
  public var loss: any Loss
  /// Counts of the training set.
  public let classes: ClassCounts
  /// k, at least 1.
  public let neighbours: Int
  /// Rows of a class among which neighbours are sought, at least 2.
  public let bank: Int

  /// - Parameters:
  ///   - loss: how wrong the network is about each row.
  ///   - classes: counts of the training set.
  ///   - neighbours: k, at least 1.
  ///   - bank: rows of a class among which neighbours are sought, at least 2.
  /// - Precondition: both are in range.
  public init(
    _ loss: any Loss = CrossEntropy(), classes: ClassCounts, neighbours: Int = 5, bank: Int = 128
  ) {
    require(
      neighbours >= 1 && bank >= 2,
      "FeatureSMOTE: expected at least 1 neighbour among 2 rows, got \(neighbours) and \(bank)")
    (self.loss, self.classes) = (loss, classes)
    (self.neighbours, self.bank) = (neighbours, bank)
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

  /// With `features` `[M, F]` of at most `bank` rows of each class but the largest, class after class; `starts` `[C + 1]`,
  /// where each class begins among them; and `examples` `[M]`, their places in the training set.
  ///
  /// - Throws: what reading a training image throws.
  public func refreshed(
    _ memory: Memory, through model: any Pass, with tools: any EditTools, at moment: Moment
  ) throws -> Memory {
    let training = try tools.trainingFeatures()
    var members = [[Int]](repeating: [], count: classes.count)
    for (row, label) in training.labels.enumerated()
    where classes.counts[label] < classes.commonest {
      members[label].append(row)
    }
    var source = moment.key("smote.bank").source
    for label in members.indices where members[label].count > bank {
      let drawn = source.shuffle(members[label].count).prefix(bank).sorted()
      members[label] = drawn.map { members[label][$0] }
    }
    // Of classes of one size none is moved.
    guard members.contains(where: { !$0.isEmpty }) else { return memory }
    let (places, found) = (Self.column(members.flatMap(\.self)), training.features)
    var memory = memory
    memory["features"] = found.indexSelect(dim: 0, places.moved(to: found.device))
    memory["starts"] = Self.column(
      members.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) })
    memory["examples"] = places
    return memory
  }

  /// One term, `loss`, `[N]`, of the heads on moved features.
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
    let starts = memory["starts"].scalars(as: Int64.self).map(Int.init)
    let examples = memory["examples"].scalars(as: Int64.self).map(Int.init)
    var (neighbour, weights) = ([Int](), [Double]())
    for (row, label) in labels.enumerated() {
      let (chance, place, share) = (source.uniform(), source.uniform(), source.uniform())
      let stays = Double(classes.counts[label]) / Double(classes.commonest)
      var nearest: [Int] = []
      if isKnown[row], chance >= stays {
        let itself = row < batch.examples.count ? batch.examples[row] : nil
        nearest = self.nearest(features, row, starts[label]..<starts[label + 1], memory["features"])
          .filter { examples[$0] != itself }
      }
      guard !nearest.isEmpty else {
        neighbour.append(0)
        weights.append(1)
        continue
      }
      neighbour.append(nearest[Int(place * Double(min(neighbours, nearest.count)))])
      weights.append(1 - share)
    }
    guard weights.contains(where: { $0 < 1 }) else { return features }
    return withoutGradients {
      let places = Self.column(neighbour).moved(to: memory["features"].device)
      let towards = memory["features"].indexSelect(dim: 0, places).to(features.dtype)
        .moved(to: features.device)
      // A row that stays keeps its bits.
      return features.blended(with: towards, own: weights)
    }
  }

  /// The remembered rows of a class, nearest first, the earlier of equals; one more than there are neighbours.
  private func nearest(
    _ features: Tensor, _ row: Int, _ own: Range<Int>, _ bank: Tensor
  ) -> [Int] {
    guard !own.isEmpty else { return [] }
    let distances: [Double] = withoutGradients {
      let here = features.narrowed(dim: 0, start: row, length: 1).to(bank.dtype)
        .moved(to: bank.device)
      return (bank.narrowed(dim: 0, start: own.lowerBound, length: own.count) - here).square()
        .sum(dims: [1]).scalars()
    }
    let order = distances.indices.sorted { (distances[$0], $0) < (distances[$1], $1) }
    return order.prefix(neighbours + 1).map { own.lowerBound + $0 }
  }

  private static func column(_ values: [Int]) -> Tensor {
    Tensor(values.map(Int64.init), shape: [values.count])
  }
}
