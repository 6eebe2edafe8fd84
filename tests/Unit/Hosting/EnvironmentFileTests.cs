using Mpp.Hosting.Start;
using Shouldly;

namespace Mpp.Unit.Hosting;

public sealed class EnvironmentFileTests
{
    [Fact]
    public void A_line_is_a_variable_and_its_value_is_all_that_follows() =>
        EnvironmentFile
            .Read(["ConnectionStrings__Database=Host=x;Password=a=b", "# a remark", "", "=nothing", "Empty="])
            .ShouldBe([new("ConnectionStrings__Database", "Host=x;Password=a=b"), new("Empty", "")]);

    [Fact]
    public void The_file_is_found_from_a_folder_below_and_the_nearest_one_counts()
    {
        var root = Directory.CreateTempSubdirectory();
        try
        {
            var below = root.CreateSubdirectory("services/Any/bin");
            var far = Path.Combine(root.CreateSubdirectory(".mpp").FullName, "any.env");
            File.WriteAllText(far, "");
            EnvironmentFile.Find(".mpp/any.env", below.FullName).ShouldBe(far);

            var near = Path.Combine(root.CreateSubdirectory("services/.mpp").FullName, "any.env");
            File.WriteAllText(near, "");
            EnvironmentFile.Find(".mpp/any.env", below.FullName).ShouldBe(near);
            EnvironmentFile.Find(far, below.FullName).ShouldBe(far, "an absolute name is taken as it is");
            EnvironmentFile.Find("no-such.env", below.FullName).ShouldBeNull();
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }
}
