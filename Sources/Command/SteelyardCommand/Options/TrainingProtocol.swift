import ArgumentParser
import Datasets
import Evaluation
import Imaging
import Optimizers
import Schedules

/// `--protocol`: whose published experiment a run repeats.
package enum ProtocolChoice: String, Choice {
  case eyepacs
  case hyperKvasir = "hyper-kvasir"
  case lift
}

/// A published protocol, of Balanced-MixUp on one of its data sets or of LIFT, as options of a run: what is typed, or
/// stands in a file, wins over it.
///
/// Sources: Galdran, Carneiro and González Ballester, "Balanced-MixUp for Highly Imbalanced Medical Image
/// Classification", MICCAI 2021, and the settings that the authors' own runs have on record; Shi, Wei, Zhou, Shao, Han and
/// Li, "Long-Tail Learning with Foundation Model: Heavy Fine-Tuning Hurts", ICML 2024, and the settings of their code.
package struct TrainingProtocol: Sendable {
  /// Which one.
  package let choice: ProtocolChoice

  /// The protocol of a name.
  package init(_ choice: ProtocolChoice) { self.choice = choice }

  /// Where it comes from.
  package var source: String {
    guard choice != .lift else {
      return
        "Shi, Wei, Zhou, Shao, Han and Li, Long-Tail Learning with Foundation Model, ICML 2024, with the settings of"
        + " the authors' code"
    }
    return
      "Galdran, Carneiro and González Ballester, Balanced-MixUp, MICCAI 2021, with the settings on record of the authors'"
      + " runs on \(choice == .eyepacs ? "EyePACS" : "Hyper-Kvasir")"
  }

  /// The options that it sets.
  package var options: TrainOptions { choice == .lift ? Self.lift : balancedMixup }

  /// LIFT's defaults; its hyper-parameters are the method's own.
  private static var lift: TrainOptions {
    var options = TrainOptions()
    (options.model, options.method) = ("vit_base_patch16_clip_quickgelu_224", "lift")
    (options.imgSize, options.batchSize, options.augment) = (224, 128, .resizedCrop)
    options.epochs = 10
    (options.opt, options.lr, options.momentum) = (.sgd, 0.01, 0.9)
    (options.nesterov, options.weightDecay) = (false, 5e-4)
    (options.sched, options.warmupEpochs, options.minLr) = (.cosine, 0, 0)
    return options
  }

  private var balancedMixup: TrainOptions {
    var options = TrainOptions()
    options.model = "mobilenet_v2"
    (options.method, options.set) = (method, ["alpha": "0.1"])
    (options.imgSize, options.batchSize, options.augment) = (512, 8, .paper)
    (options.epochs, options.seed) = (30, 0)
    (options.opt, options.lr, options.momentum) = (.sgd, 0.01, 0)
    (options.nesterov, options.weightDecay) = (false, 0)
    (options.sched, options.decayRate, options.patienceEpochs) = (.plateau, 0.1, 2)
    options.minLr = 1e-5
    switch choice {
    case .eyepacs:
      options.evalMetric = .cohenKappaQuadratic
      options.split = SplitFractions(text: "0.9,0.1,0") ?? .standard
    case .hyperKvasir:
      options.evalMetric = .mcc
      options.split = SplitFractions(text: "0.8,0.2,0") ?? .standard
    case .lift: break
    }
    return options
  }

  /// The method that it is about.
  var method: String { choice == .lift ? "lift" : "balanced-mixup" }

  /// What `compare` compares where nothing else is named: the authors' samplers, and their values of α; of LIFT the loss
  /// with and without its adjustment.
  package var methods: String {
    guard choice != .lift else { return "\(method),\(method).tau=0" }
    return "erm,class-balanced,square-root,mixup,cb-loss,focal,"
      + ["0.1", "0.2", "0.3"].map {
        "\(method).alpha=\($0)"
      }.joined(separator: ",")
  }

  /// Folds of `compare` where neither folds nor seeds are named; `nil` where the data have parts of their own.
  package var folds: Int? { choice == .hyperKvasir ? 5 : nil }

  /// Source, and where a run here departs from the published one.
  ///
  /// - Parameter forComparison: Whether it is of `compare`, whose parts and methods are its own.
  package func notes(forComparison: Bool = false) -> [String] {
    let common = [
      "protocol \(choice.rawValue): \(source)",
      "  departs from it: the rate falls with validation alone, where theirs waited until training was better than"
        + " validation; all validation rows count, where theirs left out the last incomplete batch",
      "  theirs began from ImageNet's weights of the network: give them with --pretrained, or this begins from scratch",
    ]
    switch (choice, forComparison) {
    case (.eyepacs, false):
      return common + [
        "  theirs averages an image and its mirror image on test; the split is 90 to 10 by image, so both eyes of a patient"
          + " may be parted: with a group column they are not"
      ]
    case (.eyepacs, true):
      return common + [
        "  parts are those of the data, or of --split; theirs averages an image and its mirror image on test"
      ]
    case (.hyperKvasir, false):
      return common + ["  one of five folds is validation, and there is no test part, as there"]
    case (.hyperKvasir, true):
      return common + [
        "  five folds, each the test of models trained on the others; theirs chose the epoch on the fold that it reported,"
          + " here validation is a part of the others"
      ]
    case (.lift, _): return liftNotes
    }
  }

  private var liftNotes: [String] {
    [
      "protocol \(choice.rawValue): \(source)",
      "  departs from it: the epoch that is best on validation is kept, where theirs keeps the last; the rate falls with"
        + " every step, where theirs falls with every epoch; the head begins as class means, where theirs takes CLIP's"
        + " features of the classes' names",
      "  theirs computes in float16, here --amp decides; on iNaturalist 2018 theirs takes 20 epochs",
      "  theirs began from OpenAI's weights of CLIP: give them, or those of another transformer with --model, with"
        + " --pretrained",
    ]
  }
}

extension ResolvedOptions {
  /// Puts the protocol that is named under what was given, and says in the origins what it set and what won over it.
  mutating func layOverProtocol() {
    guard let choice = values.protocol else { return }
    let preset = TrainingProtocol(choice).options
    let (method, set) = (TrainOptions.network.method, TrainOptions.network.set)
    let own = TrainingProtocol(choice).method
    let isItsMethod =
      (values.given(method) ?? own) == own
      && values.given(set) == nil
    for field in OptionTable.fields where preset.isGiven(field) {
      if field.name == set.name {
        guard isItsMethod else { continue }
        values.set = preset.set
        for name in preset.set.keys { origins["\(set.name).\(name)"] = .preset(choice.rawValue) }
      } else if values.isGiven(field) {
        guard field.yaml(values) != field.yaml(preset) else { continue }
        origins[field.name] = .over(
          preset: choice.rawValue, field.yaml(preset), origin(of: field.name))
      } else {
        field.lay(preset, over: &values)
        origins[field.name] = .preset(choice.rawValue)
      }
    }
  }

  /// What stands over the protocol, a line each.
  package var overProtocol: [String] {
    OptionTable.fields.compactMap { field in
      guard case .over(let preset, let value, _) = origin(of: field.name) else { return nil }
      return
        "  --\(field.name) \(field.yaml(values)) stands over \(value) of the protocol \(preset)"
    }
  }

  /// Forgets what a protocol set of these.
  mutating func forgetPresets(of fields: [any OptionField]) {
    for field in fields {
      let names = origins.keys.filter { $0.split(separator: ".")[0] == field.name[...] }
      let isPreset = names.contains { if case .preset = origins[$0] { true } else { false } }
      guard isPreset else { continue }
      field.forget(in: &values)
      for name in names { origins[name] = nil }
    }
  }
}
