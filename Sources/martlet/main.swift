import Commands

MartletCommand.run(Array(CommandLine.arguments.dropFirst()))
