import SteelyardCommand

/// Files of options read from text, and what is said against them.
enum ConfigFileWords {
  static func options(_ yaml: String) throws -> ResolvedOptions {
    try ResolvedOptions(file: ConfigFile.parse(yaml, path: "c.yaml"))
  }

  static func refusal(_ yaml: String) -> String {
    do {
      _ = try options(yaml)
      return "nothing was thrown"
    } catch {
      return "\(error)"
    }
  }
}
