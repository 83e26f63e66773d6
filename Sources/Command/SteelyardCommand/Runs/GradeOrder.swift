import Plans

/// The order that a method takes the classes for, where it takes them for grades.
struct GradeOrder {
  /// What to say of it when training starts.
  let statement: String

  /// The order of the classes; `nil` where the method has no use for one.
  ///
  /// - Parameters:
  ///   - method: what trains.
  ///   - classes: names in the order of the model.
  ///   - isGiven: whether the order was given, and not made from the names.
  /// - Throws: `OptionError` where the names are numbers that their order as text does not follow.
  init?(
    of method: any Method, _ classes: [String], isGiven: Bool
  ) throws(OptionError) {
    guard method.ordersClasses else { return nil }
    let name = type(of: method).name
    let numbers = classes.compactMap { Double($0) }
    if !isGiven, numbers.count == classes.count, numbers != numbers.sorted() {
      throw .conflict(
        "\(name) takes the classes for grades in their order, and these numbers stand in that of text: "
          + classes.joined(separator: ", ")
          + "; give the order with --class-names FILE, a CSV with the columns class and name, a class a row"
      )
    }
    statement =
      "grades: \(name) takes the classes for grades in this order: "
      + classes.joined(separator: " < ")
      + (isGiven ? "" : " (that of text; --class-names FILE gives another)")
  }
}
