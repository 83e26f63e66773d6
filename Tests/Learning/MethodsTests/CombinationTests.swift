import Batches
import Losses
import Methods
import Networks
import Plans
import Sampling
import TestSupport
import Testing

/// What each method needs of data and network, and what it leaves to the run: what is refused hangs on these.
@Suite("What methods go together with")
struct CombinationTests {
  static let names = catalogue.map { $0.name }

  private let classes: ClassCounts
  init() throws { classes = try ClassCounts([90, 9, 1]) }

  private func stages(_ name: String) throws -> [Stage] {
    try method(named: name).init().stages(for: classes)
  }

  private func those(_ holds: (Stage) -> Bool) throws -> Set<String> {
    Set(try Self.names.filter { try stages($0).contains(where: holds) })
  }

  /// Rows of the head divided by their lengths, scaled, aligned, shifted, begun at shares, held to a length or judged by a
  /// step of their own: none of it is defined of cosines.
  @Test func whoNeedsALinearHead() throws {
    #expect(
      try those(\.needsLinearHeads) == [
        "tau-norm", "lws", "mislas", "disalign", "weight-balancing", "balms",
        "logit-adjustment-posthoc", "thresholding", "sigmoid-bce", "cb-focal",
      ])
  }

  /// A method that needs a linear head has one, and one whose first stage has another puts no linear edit on it.
  @Test(arguments: names)
  func theirOwnNetworksFit(name: String) throws {
    let form = try method(named: name).init().network
    if try stages(name).contains(where: \.needsLinearHeads) { #expect(form.head == .linear) }
    // An edit that looks at one head finds one.
    let edits = try stages(name).flatMap { $0.opening + $0.closing }.map { "\(type(of: $0))" }
    let ofOneHead: Set = [
      "TauNormalization", "NearestClassMean", "FittedHead", "NeighbourMemory", "FittedGrades",
      "CalibratedErrors",
    ]
    if !ofOneHead.isDisjoint(with: edits) { #expect(form.branches == 1) }
  }

  /// Parts of images are pasted by these, and inputs must be pixels for those, for attacks and for what gives images back.
  @Test func whoNeedsPixels() throws {
    let pasting = try those(\.objective.pastes)
    #expect(pasting == ["cutmix", "cmo", "glmc"])
    #expect(
      try those(\.objective.needsPixels) == pasting.union(["ssim-autoencoder", "pgd", "srat"]))
  }

  /// Strong views exist of images alone: these cannot learn from rows of numbers.
  @Test func whoSeesStrongViews() throws {
    #expect(
      try those { $0.views.contains(.strong) } == [
        "supcon", "sbcl", "kcl", "tsc", "bcl", "paco", "proco", "glmc", "enmix", "fixmatch",
        "debiaspl",
      ])
  }

  @Test func whoLearnsFromUnlabelledImages() throws {
    let learners: Set = ["fixmatch", "debiaspl", "mean-teacher"]
    #expect(try those { $0.unlabelled != nil } == learners)
    // The average network is the model of those; of a queue it is not.
    #expect(try those { $0.teacher?.isModel == true } == learners)
    #expect(try those { $0.teacher?.isModel == false } == ["kcl", "tsc", "paco"])
  }

  @Test func whoChangesHiddenFeatures() throws {
    #expect(try those(\.objective.changesHiddenFeatures) == ["manifold-mixup"])
  }

  /// Heads that do not learn are not judged, and the last epoch goes on.
  @Test func whoLearnsNoLogits() throws {
    let found = try those { !$0.objective.learnsLogits }
    #expect(found == ["supcon", "sbcl", "kcl", "tsc", "ssim-autoencoder"])
    for name in found {
      for stage in try stages(name) where !stage.objective.learnsLogits {
        #expect(stage.chooses == .last, "\(name)")
      }
    }
  }

  /// Nothing follows a gradient in what is fitted: one stage, an edit, no step.
  @Test func whoIsFitted() throws {
    let fitted: Set = [
      "logistic", "knn", "class-mean", "easy-ensemble", "rusboost", "smote-tomek",
      "proportional-odds", "presto",
    ]
    for name in Self.names {
      let made = try method(named: name).init()
      #expect(made.isFitted(for: classes) == fitted.contains(name), "\(name)")
      #expect((methodCosts[name] == 0) == fitted.contains(name), "\(name)")
    }
  }

  /// Classes in an order mean something to these alone; they decode no softmax.
  @Test func whoTakesGrades() throws {
    let graded: Set = [
      "corn", "coral", "squared-error", "density-weighted", "balanced-mse", "proportional-odds",
      "presto",
    ]
    for name in Self.names {
      let made = try method(named: name).init()
      #expect(made.ordersClasses == graded.contains(name), "\(name)")
      if graded.contains(name) { #expect(made.network.decoding != .softmax, "\(name)") }
      // A fused fit of thresholds needs two of them.
      #expect(made.fewestClasses == (name == "presto" ? 3 : 1), "\(name)")
    }
  }

  /// Directions of rows are taken as they are by those who compare by cosines of the features themselves.
  @Test func whoTakesRowsAsTheyAre() throws {
    for name in Self.names {
      let made = try method(named: name).init()
      #expect(
        made.standardizesRows == !["knn", "class-mean"].contains(name) && !made.takesMissing,
        "\(name)")
    }
  }

  /// One method learns one class, of which it can be told the place; all others tell all apart.
  @Test func normalClasses() throws {
    for name in Self.names where name != "ssim-autoencoder" {
      #expect(try method(named: name).init().normalClass(for: classes) == nil, "\(name)")
    }
    let counted: [([Int], Int)] = [
      ([1, 9, 90], 2), ([9, 90, 1], 1), ([5, 5, 5], 0), ([2, 7, 7], 1),
    ]
    for (counts, place) in counted {
      #expect(SSIMAutoencoder().normalClass(for: try ClassCounts(counts)) == place, "\(counts)")
    }
    let told = try SSIMAutoencoder.with(["normal": "2"])
    #expect(told.normalClass(for: classes) == 2)
    #expect(told.stages(for: classes)[0].expectedLabelMass(for: classes, progress: 0) == [0, 0, 1])
  }

  /// Who is drawn how often may be said from outside only where a stage draws as the data come and something learns.
  @Test(arguments: names)
  func whoseDrawsAreFree(name: String) throws {
    for stage in try stages(name) {
      let plain = stage.streams.allSatisfy { $0.sampler is UniformSampler }
      #expect(stage.takesClassMass == (plain && stage.trains != .nothing))
    }
  }

  /// Weights of classes from outside come on top where a loss of rows is weighted, and are refused where it is not.
  @Test(arguments: names)
  func weightsFromOutside(name: String) throws {
    for stage in try stages(name) {
      guard let weighted = stage.weighted(by: [1, 2, 4]) else { continue }
      #expect(stage.trains != .nothing)
      // Experts of unlike losses, or branches, do not say what they do on the whole.
      guard let before = stage.correction(for: classes) else { continue }
      let after = try #require(weighted.correction(for: classes))
      let ratios = zip(after.weights, before.weights).map { $0 / $1 }
      #expect(
        difference([ratios[1] / ratios[0], ratios[2] / ratios[0]], [2, 4], relative: 1e-6) == nil)
      // All else stays: draws, offsets, shifts.
      #expect(difference(after.drawn, before.drawn) == nil)
      #expect(difference(after.offsets, before.offsets) == nil)
      #expect(difference(after.shift, before.shift) == nil)
    }
  }

  /// What adapts a network beside its heads, and how images are judged: LIFT alone.
  @Test func whoAdapts() throws {
    for name in Self.names where name != "lift" {
      let made = try method(named: name).init()
      #expect(made.tuning == nil && made.cropMargin == 0, "\(name)")
    }
    #expect(LIFT().tuning != nil)
    #expect(close(LIFT().cropMargin, 24.0 / 224))
    #expect(try LIFT.with(["expand": "0"]).cropMargin == 0)
    #expect(try LIFT.with(["expand": "112"]).cropMargin == 0.5)
  }
}
