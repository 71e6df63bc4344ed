# Imports the assembly for this edition of PowerShell. Calls nothing outside Microsoft.PowerShell.Core, and what is seldom needed stands in blocks,
# which are compiled only where they run: so the import stays as quick as an empty module's.
$refuse = {
    throw "ApiTools needs PowerShell 7.4 or later, or Windows PowerShell 5.1; this is PowerShell $($PSVersionTable.PSVersion). Install a current PowerShell: https://aka.ms/powershell"
}

# A process holds one version of a binary module: a second one cannot be loaded, and .NET's own message does not say what to do.
$refuseAnother = {
    foreach ($loaded in [AppDomain]::CurrentDomain.GetAssemblies()) {
        if ($loaded.FullName -like 'ApiTools.Cmdlets,*' -and $loaded.Location -ne [IO.Path]::GetFullPath($assembly)) {
            throw "Another ApiTools ($($loaded.GetName().Version.ToString(3)), from $($loaded.Location)) was already loaded in this session, and a session can hold only one. Start a new session, and import $PSScriptRoot there."
        }
    }
}

$framework = 'netstandard2.0'
# Two texts are compared without a call site being made for them, which takes a millisecond or two: hence the quotes.
if ("$PSEdition" -eq 'Core') {
    if ($PSVersionTable.PSVersion -lt '7.4') { & $refuse }
    $framework = 'net8.0'
}
$assembly = "$PSScriptRoot/bin/$framework/ApiTools.Cmdlets.dll"
if ('ApiTools.Cmdlets.ModuleInitializer' -as [type]) { & $refuseAnother }
Import-Module $assembly, "$PSScriptRoot/types/ApiTools.Types.psd1"
