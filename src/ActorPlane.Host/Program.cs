using System.CommandLine;
using ActorPlane.Host;

var command = HostCommand.Create(HostRun.Run);
var parsed = command.Parse(args);
if (parsed.Errors.Count == 0) return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(20) });

foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync($"actorplane: {string.Join(' ', error.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))}");
return ExitCodes.BadInput;
