using ActorPlane.Api.Generator;

// Writes src/ActorPlane.Api/Generated. Run by hand when the schema or the tables in this project change:
//   dotnet run --project src/ActorPlane.Api.Generator -- <openapi-v2.json> <protobuf-fields.json> src/ActorPlane.Api/Generated
if (args.Length != 3)
{
    Console.Error.WriteLine("Usage: ActorPlane.Api.Generator OPENAPI_V2_JSON PROTOBUF_FIELDS_JSON OUTPUT_FOLDER");
    return 2;
}

var model = SchemaModel.Read(args[0], args[1]);
Directory.CreateDirectory(args[2]);
foreach (var old in Directory.GetFiles(args[2], "*.g.cs")) File.Delete(old);
foreach (var (name, text) in new CSharpWriter(model).Files()) File.WriteAllText(Path.Combine(args[2], name), text);
Console.WriteLine($"{model.Types.Count} types, {model.Types.Sum(t => t.Fields.Count)} fields, {model.Resources.Count} resources");
return 0;
