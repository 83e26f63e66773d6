import Datasets
import Gauss
import Methods
import Networks
import Plans
import Sampling
import Targets

/// The methods that `--methods all` is: those for classes without order that the data and the options allow.
struct EveryMethod {
  /// Their names, in the order of the catalogue.
  let names: [String]
  /// What is said of them, and of those that are left out.
  let lines: [String]

  /// - Throws: what counts of classes throw.
  init(_ options: TrainOptions) throws {
    let kind = options.data.map { InputKind.of($0, options) } ?? .images
    let counts = try ClassCounts(LTGauss.counts)
    var (fit, others): ([String], [String]) = ([], [])
    for type in catalogue {
      if Self.suits(type.init(), options, kind, counts) {
        fit.append(type.name)
      } else {
        others.append(type.name)
      }
    }
    names = fit
    let left = "left out, for they are for something else: \(others.joined(separator: ", "))"
    let target =
      switch options.task {
      case .labels: "several labels"
      case .number: "numbers"
      default: "classes without order"
      }
    lines =
      ["all: \(fit.count) methods for \(target), of \(kind)"]
      + (others.isEmpty ? [] : [left])
  }

  private static func suits(
    _ method: any Method, _ options: TrainOptions, _ kind: InputKind, _ counts: ClassCounts
  ) -> Bool {
    switch options.task {
    case .labels:
      return LabelOptions.knows(type(of: method)) && takesHead(options, method, [])
    case .number:
      return NumberOptions.knows(type(of: method)) && takesHead(options, method, [])
    default: break
    }
    guard !method.ordersClasses else { return false }
    if method.isFitted(for: counts) { return kind == .features && takesFits(options) }
    let stages = method.stages(for: counts)
    return GaussTrial.suits(method)
      && (kind == .images || MethodInput.reason(method, counts) == nil)
      // A linear layer has no hidden features to change.
      && !(options.model == "linear" && stages.contains { $0.objective.changesHiddenFeatures })
      && takesHead(options, method, stages)
  }

  /// Whether the options leave a head that is fitted to features its own: a linear one, unweighted.
  private static func takesFits(_ options: TrainOptions) -> Bool {
    [nil, "linear"].contains(options.given(TrainOptions.network.model)) && options.head == nil
      && options.classWeights == nil
  }

  /// Whether a last layer that is asked for can be the method's.
  private static func takesHead(
    _ options: TrainOptions, _ method: any Method, _ stages: [Stage]
  ) -> Bool {
    guard let head = options.head else { return true }
    let own = method.network.head
    return (own == .linear || own == head.form)
      && !(head != .linear && stages.contains(where: \.needsLinearHeads))
      && (stages.isEmpty || !stages.allSatisfy { $0.trains == .nothing })
  }
}
