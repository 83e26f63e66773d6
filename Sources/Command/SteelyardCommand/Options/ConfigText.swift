import Runs

/// The resolved options as the `config.yaml` of a run: every option, one per line, with where its
/// value came from as a comment. Reading it back gives the same options.
package enum ConfigText {
  package static func yaml(of resolved: ResolvedOptions, header: [String] = []) -> String {
    record(of: resolved).text(header: header)
  }

  private static func record(of resolved: ResolvedOptions) -> ConfigRecord {
    ConfigRecord(
      OptionTable.fields.flatMap { field -> [ConfigRecord.Entry] in
        if let parts = field.parts(resolved.values), !parts.isEmpty {
          return entries(of: parts, name: field.name, resolved)
        }
        let origin = resolved.origin(of: field.name).description
        return [.init(field.name, yaml: field.yaml(resolved.values), origin: origin)]
      })
  }

  private static func entries(
    of parts: [String: String], name: String, _ resolved: ResolvedOptions
  ) -> [ConfigRecord.Entry] {
    parts.sorted { $0.key < $1.key }.map { key, value in
      let whole = "\(name).\(key)"
      return .init(whole, yaml: value.yaml, origin: resolved.origin(of: whole).description)
    }
  }
}
