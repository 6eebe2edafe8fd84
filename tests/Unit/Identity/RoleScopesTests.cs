using Mpp.Hosting.Auth;
using Mpp.Identity.Roles;
using Shouldly;

namespace Mpp.Unit.Identity;

public sealed class RoleScopesTests
{
    private static readonly string[] Everything = [.. KnownScopes.All.Keys];

    [Fact]
    public void Every_role_has_scopes_that_the_interface_knows()
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            RoleScopes.Of(role).ShouldNotBeEmpty();
            RoleScopes.Of(role).Except(Everything).ShouldBeEmpty();
            RoleScopes.Parse(RoleScopes.Name(role)).ShouldBe(role);
        }
    }

    [Fact]
    public void A_head_of_mall_is_an_operator_who_approves() => RoleScopes.Of(Role.HeadOfMall)
        .ShouldBe([.. RoleScopes.Of(Role.Operator), KnownScopes.OperationsApprove], ignoreOrder: true);

    [Fact]
    public void An_auditor_has_nothing_that_acts() => RoleScopes.Of(Role.Auditor).ShouldBe(
        [KnownScopes.ApplicationsRead, KnownScopes.PaymentsOperate, KnownScopes.OperationsRead], ignoreOrder: true);

    [Fact]
    public void What_is_granted_is_what_was_asked_for_as_far_as_role_and_client_have_it()
    {
        RoleScopes.Granted(Role.Operator, ["applications.read", "operations.approve"], Everything)
            .ShouldBe(["applications.read"]);
        RoleScopes.Granted(Role.HeadOfMall, ["operations.approve"], ["applications.read"]).ShouldBeEmpty();
        RoleScopes.Granted(Role.Operator, [], ["applications.read", "operations.read", "payments.refund"])
            .ShouldBe(["applications.read", "operations.read"]);
    }

    [Fact]
    public void A_role_of_another_name_is_none() => RoleScopes.Parse("administrator").ShouldBeNull();
}
