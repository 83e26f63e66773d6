import Requirements

/// The options of a run after flags, file, protocol and defaults were put together: flag over file over protocol over
/// default, each value with its origin.
package struct ResolvedOptions: Equatable, Sendable {
  package var values: TrainOptions
  /// By option name; hyper-parameters under `set.NAME`. What is not listed is a default.
  package var origins: [String: Origin]

  /// - Throws: `OptionError` for an unknown key, a value of the wrong type, a value out of range.
  package init(
    flags: TrainOptions = TrainOptions(), file: ConfigFile? = nil
  ) throws(OptionError) {
    values = TrainOptions()
    origins = [:]
    for entry in file?.entries ?? [] { try take(entry, of: file?.path ?? "") }
    let (set, method) = (TrainOptions.network.set, TrainOptions.network.method)
    if let named = flags.given(method), let other = values.given(method), named != other {
      // The file's hyper-parameters are its method's, not those of the one that a flag names.
      values.forget(set)
      origins = origins.filter { $0.key.split(separator: ".")[0] != set.name }
    }
    for name in values.labelOptions(replacedBy: flags) { origins[name] = nil }
    values.forgetLabels(replacedBy: flags)
    values.take(flags)
    for name in flags.givenNames { origins[name] = .flag }
    layOverProtocol()
    try check()
  }

  /// Where the value of the option came from.
  package func origin(of name: String) -> Origin { origins[name] ?? .builtIn }

  private mutating func take(
    _ entry: ConfigNode.Entry, of path: String
  ) throws(OptionError) {
    guard let field = OptionTable.field(named: entry.key) else {
      throw OptionError(unknown: entry, file: path)
    }
    guard field.read(entry.value, into: &values) else {
      throw .wrongType(
        entry.key, got: entry.value.summary, expected: field.expectation, file: path,
        line: entry.value.line)
    }
    origins[entry.key] = .file(path, line: entry.line)
    guard case .mapping(let parts) = entry.value.kind else { return }
    for part in parts { origins["\(entry.key).\(part.key)"] = .file(path, line: part.line) }
  }

  private func check() throws(OptionError) {
    for field in OptionTable.fields {
      guard let expected = field.objection(values) else { continue }
      throw .outOfRange(
        field.name, got: field.yaml(values), expected: expected, origin: origin(of: field.name))
    }
  }
}

extension OptionError {
  fileprivate init(unknown entry: ConfigNode.Entry, file: String) {
    if TrainCommand.commandLineOnly.contains(entry.key) {
      self = .commandLineOnly(entry.key, file: file, line: entry.line)
    } else {
      let names = OptionTable.fields.map(\.name)
      self = .unknownKey(
        entry.key, file: file, line: entry.line, nearest: nearest(to: entry.key, among: names))
    }
  }
}
