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
  ///   - isAsked: whether the classes were said to be grades, whatever the method.
  /// - Throws: `OptionError` where the names are numbers that their order as text does not follow, or there are too few of them.
  init?(
    of method: any Method, _ classes: [String], isGiven: Bool, isAsked: Bool = false
  ) throws(OptionError) {
    guard method.ordersClasses || isAsked else { return nil }
    let name = method.ordersClasses ? type(of: method).name : "the run"
    guard classes.count >= method.fewestClasses else {
      throw .conflict(
        "\(name) needs \(method.fewestClasses) grades or more, and there are \(classes.count): "
          + classes.joined(separator: ", ") + "; choose another method, such as logistic")
    }
    let numbers = classes.compactMap { Double($0) }
    if !isGiven, numbers.count == classes.count, numbers != numbers.sorted() {
      throw .conflict(
        "\(name) takes the classes for grades in their order, and these numbers stand in that of text: "
          + classes.joined(separator: ", ")
          + "; give the order with --order \(Self.ascending(classes)), or with --class-names FILE, a CSV with the columns"
          + " class and name, a class a row"
      )
    }
    statement =
      "grades: \(name) takes the classes for grades in this order: "
      + classes.joined(separator: " < ")
      + (isGiven ? "" : " (that of text; --order NAME,NAME,… gives another)")
  }

  /// Names that are numbers, from the lowest up.
  private static func ascending(_ names: [String]) -> String {
    names.sorted { (Double($0) ?? 0) < (Double($1) ?? 0) }.joined(separator: ",")
  }
}
