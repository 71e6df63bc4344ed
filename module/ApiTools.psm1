# Imports the assembly for this edition of PowerShell. Calls nothing outside Microsoft.PowerShell.Core, so that the
# import stays as quick as an empty module's.
$framework = 'netstandard2.0'
if ($PSVersionTable.PSEdition -eq 'Core') {
    if ($PSVersionTable.PSVersion -lt [version] '7.4') {
        throw "ApiTools needs PowerShell 7.4 or later, or Windows PowerShell 5.1; this is PowerShell $($PSVersionTable.PSVersion). Install a current PowerShell: https://aka.ms/powershell"
    }
    $framework = 'net8.0'
}
$assembly = "$PSScriptRoot/bin/$framework/ApiTools.Cmdlets.dll"

# A process holds one version of a binary module: a second one cannot be loaded, and .NET's own message does not say what to do.
# One comparison over all names, since a loop costs more than the whole import of an empty module.
if ([AppDomain]::CurrentDomain.GetAssemblies().FullName -like 'ApiTools.Cmdlets,*') {
    foreach ($loaded in [AppDomain]::CurrentDomain.GetAssemblies()) {
        if ($loaded.FullName -like 'ApiTools.Cmdlets,*' -and $loaded.Location -ne [IO.Path]::GetFullPath($assembly)) {
            throw "Another ApiTools ($($loaded.GetName().Version.ToString(3)), from $($loaded.Location)) was already loaded in this session, and a session can hold only one. Start a new session, and import $PSScriptRoot there."
        }
    }
}
Import-Module $assembly
Import-Module "$PSScriptRoot/types/ApiTools.Types.psd1"
