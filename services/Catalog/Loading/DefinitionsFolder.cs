using Mpp.Hosting.Start;

namespace Mpp.Catalog.Loading;

/// <summary>Where the definitions are: beside the program, or where <c>Catalog:Definitions</c> says, for a mall with packages of its own.</summary>
internal static class DefinitionsFolder
{
    public static Catalogue Load(IConfiguration configuration)
    {
        var folder = configuration["Catalog:Definitions"] ?? Path.Combine(AppContext.BaseDirectory, "Definitions");
        try
        {
            return CatalogueLoader.LoadFolder(folder);
        }
        catch (InvalidCatalogueException faults)
        {
            throw new StartException($"{faults.Message}{Environment.NewLine}  in {folder}", faults);
        }
    }
}
