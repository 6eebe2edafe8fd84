using System.Net.Http.Headers;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Mpp.Local;
using Mpp.Support.Contract;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;
using Shouldly;
using Xunit;

namespace Mpp.EndToEnd.Clients;

/// <summary>
/// A client in C#, made by NSwag for each of its serializers and compiled together with BirthClient.cs, which uses it.
/// </summary>
[Collection(MallCollection.Name)]
public sealed class NSwagTests(MallFixture mall)
{
    [Theory]
    [InlineData(CSharpJsonLibrary.SystemTextJson)]
    [InlineData(CSharpJsonLibrary.NewtonsoftJson)]
    public async Task A_client_made_by_NSwag_files_a_birth_and_follows_it_to_its_end(CSharpJsonLibrary library)
    {
        var document = await OpenApiDocument.FromFileAsync(
            Path.Combine(Repository.Root, "contracts", "openapi", "mpp.json"));
        var settings = new CSharpClientGeneratorSettings
        {
            ClassName = "MppClient",
            UseBaseUrl = false,
            CSharpGeneratorSettings =
            {
                Namespace = "Generated",
                JsonLibrary = library,
                // Before 9, System.Text.Json wrote an enum's value by its name in C#.
                JsonLibraryVersion = 10,
                GenerateNullableReferenceTypes = true,
                GenerateOptionalPropertiesAsNullable = true,
                DateType = "System.DateOnly",
            },
        };
        var follow = Compile(new CSharpClientGenerator(document, settings).GenerateFile(), library);

        using var http = new HttpClient(new ContractHandler(new SocketsHttpHandler()));
        http.BaseAddress = mall.Mall.GatewayAddress;
        var client = Births.Client(mall);
        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", await mall.Mall.TokenAsync());
        var (status, documents) = await follow(
            http, client["MPP_CLIENT"], client["MPP_SECRET"], Births.Next(mall).ToJsonString());

        status.ShouldBe("completed");
        documents.ShouldContain("birth-certificate");
    }

    private static Func<HttpClient, string, string, string, Task<(string Status, string[] Documents)>> Compile(
        string generated, CSharpJsonLibrary library)
    {
        var options = CSharpParseOptions.Default.WithPreprocessorSymbols(
            library is CSharpJsonLibrary.NewtonsoftJson ? "NEWTONSOFT" : "SYSTEM_TEXT_JSON");
        using var driver = new StreamReader(typeof(NSwagTests).Assembly.GetManifestResourceStream("BirthClient.cs")!);
        var compilation = CSharpCompilation.Create(
            $"Generated.{library}",
            [CSharpSyntaxTree.ParseText(generated, options), CSharpSyntaxTree.ParseText(driver.ReadToEnd(), options)],
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var assembly = new MemoryStream();
        var result = compilation.Emit(assembly);
        result.Success.ShouldBeTrue(string.Join('\n', result.Diagnostics.Where(
            diagnostic => diagnostic.Severity is DiagnosticSeverity.Error).Take(20)));
        return Assembly.Load(assembly.ToArray()).GetType("Generated.BirthClient", throwOnError: true)!
            .GetMethod("FollowAsync")!
            .CreateDelegate<Func<HttpClient, string, string, string, Task<(string, string[])>>>();
    }
}
