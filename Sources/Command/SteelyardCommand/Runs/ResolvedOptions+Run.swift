extension ResolvedOptions {
  /// Which options were given that are about steps of gradient descent, as a sentence: a head that is fitted has none.
  package var unusedByFit: String? {
    let schedule = TrainOptions.schedule.fields.filter {
      $0.name != TrainOptions.schedule.evalMetric.name
    }
    let drop: [any OptionField] = [TrainOptions.network.dropPath]
    let names = (TrainOptions.optimizer.fields + schedule + drop).filter { field in
      switch origin(of: field.name) {
      case .flag, .over: true
      case .file: !field.isEqual(values, .standard)
      case .builtIn, .settled, .preset: false
      }
    }.map { "--\($0.name)" }
    guard !names.isEmpty else { return nil }
    return
      "\(values.method) is fitted to the features, and no step of gradient descent is made:"
      + " \(names.joined(separator: ", ")) \(names.count == 1 ? "has" : "have") no effect"
  }

  /// The same with the one epoch that a head without a gradient takes.
  func fitted() -> ResolvedOptions {
    var result = self
    result.values.epochs = 1
    return result.saying(whatWas: self)
  }

  /// The same with whole paths, so that a run can be resumed from another folder.
  func withAbsolutePaths() -> ResolvedOptions {
    var result = self
    for field in OptionTable.fields { field.makeWhole(in: &result.values) }
    return result
  }
}
