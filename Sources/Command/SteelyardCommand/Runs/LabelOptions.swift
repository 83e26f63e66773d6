import Evaluation
import Methods
import Plans
import Sampling

/// Which options and methods make sense where examples may have several labels.
enum LabelOptions {
  /// - Throws: `OptionError` that names what is of classes alone, or the methods that know labels.
  static func check(_ options: TrainOptions) throws(OptionError) {
    guard SelectionMetric.ofLabels.contains(options.evalMetric) else {
      throw .conflict(
        "--eval-metric \(options.evalMetric.rawValue) is of classes, and the data have several labels an image; choose one of: "
          + SelectionMetric.ofLabels.map(\.rawValue).joined(separator: ", "))
    }
    let given: [(name: String, isGiven: Bool)] = [
      ("long-tail", options.longTail != nil), ("corrections", options.corrections != nil),
      ("class-weights", options.classWeights != nil), ("class-mass", options.classMass != nil),
      ("order", !options.order.names.isEmpty),
      ("unlabelled", options.unlabelled != nil), ("record", options.record != nil),
      ("smoothing", options.smooths),
    ]
    if let option = given.first(where: \.isGiven) {
      throw .conflict(
        "--\(option.name) is of classes, and the data have several labels an image; leave it out")
    }
    guard options.studyJoin == nil || options.studyColumn != nil else { throw .joinWithoutColumn }
    guard let method = try? Methods.method(named: options.method) else { return }
    guard !knows(method) else { return }
    throw .conflict(
      "\(options.method) knows one class an image, and the data have several labels; choose one of: "
        + catalogue.filter(knows).map { $0.name }.joined(separator: ", "))
  }

  /// Whether a method has stages for several labels.
  static func knows(_ method: any Method.Type) -> Bool {
    method.init().stages(for: LabelTable([true, false, false, true], width: 2)) != nil
  }
}

extension TrainOptions {
  /// Whether labels are smoothed: a method's own setting of 0, which a run writes down, smooths nothing.
  var smooths: Bool { self.smoothing > 0 || self.set["smoothing"].map { Double($0) != 0 } ?? false }
}
