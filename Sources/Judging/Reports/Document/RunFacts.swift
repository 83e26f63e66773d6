/// What was trained, with what, and how to do it again.
public struct RunFacts: Codable, Sendable, Equatable {
  /// A named value, as a table shows it.
  public struct Fact: Codable, Sendable, Equatable {
    /// What it is.
    public var name: String
    /// Its value.
    public var value: String
    /// Where it came from: a flag, a file, the default; `nil` where that has no meaning.
    public var origin: String?

    /// A fact.
    public init(_ name: String, _ value: String, origin: String? = nil) {
      (self.name, self.value, self.origin) = (name, value, origin)
    }
  }

  /// Folder of the run, as the user knows it.
  public var path: String?
  /// Options of the run.
  public var options: [Fact]
  /// Versions, machine and seed.
  public var environment: [Fact]
  /// What the method does, in a line, with its source.
  public var method: String?
  /// The command that repeats the run.
  public var command: String?
  /// Licence of the model, as Hugging Face names it, for example `apache-2.0`.
  public var license: String?

  /// Facts of a run.
  public init(
    path: String? = nil, options: [Fact] = [], environment: [Fact] = [], method: String? = nil,
    command: String? = nil, license: String? = nil
  ) {
    (self.path, self.options, self.environment) = (path, options, environment)
    (self.method, self.command, self.license) = (method, command, license)
  }

  /// Value of an option; `nil` where there is none of this name, or it is not set.
  public func option(_ name: String) -> String? {
    options.first { $0.name == name }.flatMap { $0.value == "null" ? nil : $0.value }
  }

  /// Value of a fact of the environment.
  public func environment(_ name: String) -> String? {
    environment.first { $0.name == name }?.value
  }
}
