/// The resolved options as the `config.yaml` of a run: every option, one per line, with where its
/// value came from as a comment. Reading it back gives the same options.
package enum ConfigText {
  package static func yaml(of resolved: ResolvedOptions, header: [String] = []) -> String {
    var lines = header.map { "# \($0)" }
    for field in OptionTable.fields {
      if let parts = field.parts(resolved.values), !parts.isEmpty {
        lines += self.lines(of: parts, name: field.name, resolved)
      } else {
        lines.append(
          commented(
            "\(field.name): \(field.yaml(resolved.values))", resolved.origin(of: field.name)))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func lines(
    of parts: [String: String], name: String, _ resolved: ResolvedOptions
  ) -> [String] {
    ["\(name):"]
      + parts.sorted { $0.key < $1.key }.map { key, value in
        commented("  \(key.yaml): \(value.yaml)", resolved.origin(of: "\(name).\(key)"))
      }
  }

  private static func commented(_ text: String, _ origin: Origin) -> String {
    let gap = String(repeating: " ", count: max(2, 40 - text.count))
    return text + gap + "# \(origin)"
  }
}
