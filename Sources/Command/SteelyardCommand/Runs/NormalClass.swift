import Plans
import Sampling

/// The class that a method learns to tell from all others, where it does.
struct NormalClass {
  /// What to say of it when training starts.
  let statement: String

  /// The normal class; `nil` where the method tells all classes apart.
  ///
  /// - Parameters:
  ///   - method: what trains.
  ///   - classes: names in the order of the model.
  ///   - counts: their training images.
  /// - Throws: `OptionError` where there is no such class.
  init?(
    of method: any Method, _ classes: [String], _ counts: ClassCounts
  ) throws(OptionError) {
    guard let normal = method.normalClass(for: counts) else { return nil }
    let name = type(of: method).name
    let places = classes.enumerated().map { "\($0) \($1)" }.joined(separator: ", ")
    guard classes.indices.contains(normal) else {
      throw .conflict(
        "--set normal=\(normal): \(name) expects the place of a class, from 0; they are \(places)")
    }
    let others = classes.count > 2 ? "; the others share what is left by their training counts" : ""
    statement =
      "normal: \(name) learns '\(classes[normal])' and tells it from all else\(others)"
      + " (--set normal=PLACE gives another: \(places))"
  }
}
