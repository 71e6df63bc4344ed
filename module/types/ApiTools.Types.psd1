# Imported by ApiTools.psm1, for its types alone. In the module's own manifest they would be read before the .psm1 runs, and a second version in
# a session would end with a list of types that are there already, and not with the .psm1's words. It stands in a folder of its own, since Publish-PSResource
# takes the first manifest that it finds in the module's for the module's.
@{
    ModuleVersion     = '1.0'
    TypesToProcess    = @('../ApiTools.Types.ps1xml')
    FunctionsToExport = @()
    CmdletsToExport   = @()
    VariablesToExport = @()
    AliasesToExport   = @()
}
