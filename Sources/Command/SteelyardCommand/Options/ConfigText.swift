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
        if field.path == \TrainOptions.set, !resolved.values.set.isEmpty {
          return hyperparameters(of: resolved)
        }
        let origin = resolved.origin(of: field.name).description
        return [.init(field.name, yaml: field.yaml(resolved.values), origin: origin)]
      })
  }

  private static func hyperparameters(of resolved: ResolvedOptions) -> [ConfigRecord.Entry] {
    resolved.values.set.sorted { $0.key < $1.key }.map { key, value in
      let name = "set.\(key)"
      return .init(name, yaml: value.yaml, origin: resolved.origin(of: name).description)
    }
  }
}
