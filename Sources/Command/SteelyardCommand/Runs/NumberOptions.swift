import Datasets
import Evaluation
import Methods
import Plans
import Sampling
import Targets

/// Which options and methods make sense where the target is a number.
enum NumberOptions {
  /// - Throws: `OptionError` that names what is of classes or labels alone, or the methods that know numbers.
  static func check(_ options: TrainOptions) throws(OptionError) {
    guard options.evalMetric.isOfNumbers else {
      throw .conflict(
        "--eval-metric \(options.evalMetric.rawValue) is of classes, and the target is a number; choose one of: "
          + SelectionMetric.ofNumbers.map(\.rawValue).joined(separator: ", "))
    }
    try checkTarget(options)
    guard let method = try? Methods.method(named: options.method), !knows(method) else { return }
    throw .conflict(
      "\(options.method) knows classes, and the target is a number; choose one of: "
        + catalogue.filter(knows).map { $0.name }.joined(separator: ", ")
        + "; or read classes with --task class")
  }

  /// - Throws: `OptionError` for options of classes or labels.
  static func checkTarget(_ options: TrainOptions) throws(OptionError) {
    let given: [(name: String, isGiven: Bool)] = [
      ("long-tail", options.longTail != nil), ("corrections", options.corrections != nil),
      ("class-weights", options.classWeights != nil), ("class-mass", options.classMass != nil),
      ("buckets", options.buckets != nil), ("hard-normals", options.hardNormals != nil),
      ("unlabelled", options.unlabelled != nil),
      ("record", options.record != nil), ("drop-class", !options.dropClass.isEmpty),
      ("class-names", options.classNames != nil), ("order", !options.order.names.isEmpty),
      ("label-columns", !options.columns.labelColumns.isEmpty),
      ("smoothing", options.smooths),
      ("unknown", options.unknown != .ignore), ("study-column", options.studyColumn != nil),
      ("study-join", options.studyJoin != nil),
    ]
    if let option = given.first(where: \.isGiven) {
      throw .conflict(
        "--\(option.name) is of classes or labels, and the target is a number; leave it out, or read classes with --task class"
      )
    }
  }

  /// Whether a method has stages for numbers.
  static func knows(_ method: any Method.Type) -> Bool {
    method.init().stages(for: NumberTable([0, 1])) != nil
  }
}
