public import Batches
public import Losses
import Networks
import Randomness
import Requirements
public import Sampling
import Torch

/// Subclass-balancing contrast: common classes are cut into subclasses as large as a rare class, so that each counts
/// alike.
///
/// ```text
/// ℓ_i = contrast(partners: subclass of i; compared: all; τ)
///     + β · contrast(partners: class of i but not its subclass, and its other view;
///                    compared: all but its subclass, and its other view; τ_c)
/// ```
///
/// Before the warm-up is over it is plain supervised contrast; in a short stage the warm-up ends at its middle.
/// ``Subclasses`` are made anew every few epochs from the
/// whole training set, as the network then projects it.
///
/// Source: Hou, Zhang, Wang, Zhou, "Subclass-balancing Contrastive Learning for Long-tailed Recognition", ICCV 2023,
/// and the authors' code.
public struct SubclassContrast: Objective {
  /// τ, above 0.
  public var temperature: Double
  /// β, at least 0.
  public var weight: Double
  /// δ, the fewest rows of a subclass; at least 1.
  public var smallest: Int
  /// Epochs of plain supervised contrast at the start, at least 0; half of the stage at most.
  public var warmup: Int
  /// Epochs after which subclasses are made anew, at least 1.
  public var period: Int

  /// - Parameters:
  ///   - temperature: τ, above 0.
  ///   - weight: β, at least 0.
  ///   - smallest: δ, the fewest rows of a subclass; at least 1.
  ///   - warmup: epochs of plain supervised contrast at the start, at least 0.
  ///   - period: epochs after which subclasses are made anew, at least 1.
  public init(
    temperature: Double = 0.1, weight: Double = 0.25, smallest: Int = 10, warmup: Int = 10,
    period: Int = 10
  ) {
    (self.temperature, self.weight, self.smallest) = (temperature, weight, smallest)
    (self.warmup, self.period) = (warmup, period)
  }

  /// One, of two views.
  public var streams: Int { 1 }
  /// All.
  public var expectedWeights: [Double] { [1] }
  /// They do not.
  public var learnsLogits: Bool { false }

  /// `subclasses` `[N]`, int64, −1 before they are made, and `temperatures` `[C]`, float64.
  public func memory(for classes: ClassCounts) -> Memory {
    Memory([
      "subclasses": Tensor.full([classes.total], -1, dtype: .int64),
      "temperatures": Tensor.full([classes.count], temperature, dtype: .float64),
    ])
  }

  /// At the end of the warm-up, and from then on in each epoch whose number in the stage is a multiple of `period`.
  public func refreshes(at moment: Moment) -> Bool {
    guard !isWarmup(moment.stageEpoch, moment.elapsed) else { return false }
    let before = moment.stageEpoch - 1
    // Of E epochs e / E are over, and (e − 1) / E one epoch earlier.
    let isFirst =
      before < 0
      || isWarmup(before, moment.elapsed * Double(before) / Double(moment.stageEpoch))
    return isFirst || moment.stageEpoch.isMultiple(of: period)
  }

  private func isWarmup(_ epoch: Int, _ elapsed: Double) -> Bool { epoch < warmup && elapsed < 0.5 }

  /// The subclasses of the training set as the network projects it now.
  ///
  /// - Throws: what reading a training image throws.
  public func refreshed(
    _ memory: Memory, through model: any Pass, with tools: any EditTools, at moment: Moment
  ) throws -> Memory {
    let training = try tools.trainingFeatures()
    let device = memory["temperatures"].device
    let projected = withoutGradients {
      model.projection(of: [training.features.moved(to: device)], .evaluating)
    }
    let found = withoutGradients {
      Subclasses(
        of: projected, labels: training.labels, classes: tools.classes, smallest: smallest,
        temperature: temperature, key: moment.key("subclasses"))
    }
    var next = memory
    next["subclasses"] = Tensor(found.numbers.map(Int64.init), shape: [found.numbers.count])
      .moved(to: device)
    next["temperatures"] = Tensor(found.temperatures, shape: [found.temperatures.count])
      .moved(to: device)
    return next
  }

  /// `contrast` in the warm-up, then `subclass` and `class`, each of shape `[2N]` of views of N
  /// rows; the batch that it reports is the first view.
  ///
  /// - Precondition: two views of the same rows with hard labels and their places in the training
  ///   set; a network with a projection.
  public func terms(
    _ batches: [Batch], through model: any Pass, at moment: Moment,
    remembering memory: inout Memory
  ) -> Terms {
    let labels = Contrastive.labels(batches)
    let rows = Contrastive.projections(batches, model)
    guard !isWarmup(moment.stageEpoch, moment.elapsed) else {
      let plain = SupervisedContrast(temperature: temperature)(rows, labels + labels)
      return Terms([Terms.Term("contrast", plain)], of: batches[0])
    }
    require(
      batches[0].examples.count == labels.count,
      "SubclassContrast: expected the place of each of \(labels.count) rows in the training set, got "
        + "\(batches[0].examples.count)")
    let masks = Masks(labels, batches[0].examples, memory)
    let own = Contrast(rows, rows, partners: masks.subclass * masks.others, compared: masks.others)
    // A row is always the partner of its other view, so every row counts in both.
    let apart = (1 - masks.subclass) + masks.otherView
    let wide = Contrast(
      rows, rows, partners: masks.sameClass * (1 - masks.subclass) + masks.otherView,
      compared: apart)
    return Terms(
      [
        Terms.Term("subclass", RowValues(own.values(Tensor(temperature)))),
        Terms.Term("class", RowValues(wide.values(masks.temperatures) * weight)),
      ], of: batches[0])
  }

  /// Who belongs to whom among the 2N rows of two views.
  private struct Masks {
    let subclass, sameClass, others, otherView: Tensor
    /// τ_c of each row, `[2N, 1]`.
    let temperatures: Tensor

    init(_ labels: [Int], _ examples: [Int], _ memory: Memory) {
      let (numbers, device) = (memory["subclasses"], memory["subclasses"].device)
      func twice(_ values: [Int]) -> Tensor {
        Tensor((values + values).map(Int64.init), shape: [2 * values.count]).moved(to: device)
      }
      let (classes, places) = (twice(labels), twice(Array(labels.indices)))
      let found = numbers.indexSelect(dim: 0, twice(examples))
      let itself = PairMask.diagonal(2 * labels.count, on: device)
      subclass = PairMask.equal(found, found)
      sameClass = PairMask.equal(classes, classes)
      others = 1 - itself
      otherView = PairMask.equal(places, places) - itself
      temperatures = memory["temperatures"].indexSelect(dim: 0, classes).unsqueezed(1)
    }
  }
}
