import Files
import Runs

extension RunFacts {
  init(_ contents: RunContents) {
    self.init(
      path: contents.path,
      options: (contents.config?.entries ?? []).map { Fact($0.name, $0.text, origin: $0.origin) },
      environment: (contents.environment?.facts ?? []).map { Fact($0.name, $0.value) },
      method: contents.method,
      command: contents.command
        ?? (contents.config == nil
          ? nil
          : "steelyard train --config "
            + ShellWord.of(FilePath.join(contents.path ?? ".", "config.yaml"))),
      license: contents.license)
  }
}
